import { useParams } from '@tanstack/react-router';

/** The client and project of a page inside a project. */
export function useProjectParams(): { client: string; project: string } {
  return useParams({ from: '/signed-in/shell/clients/$client/projects/$project' });
}
