import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Deletion, DeletionPreview, DeletionRequest } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';

export interface Previewed {
  readonly request: DeletionRequest;
  readonly found: DeletionPreview;
}

/** Counts what would be deleted, and deletes exactly that. */
export function useDeletion(client: string, project: string, onDeleted: (deletion: Deletion) => void) {
  const queryClient = useQueryClient();
  const preview = useMutation({
    mutationFn: async (request: DeletionRequest): Promise<Previewed> => {
      run.reset();
      return { request, found: await api.post<DeletionPreview>(projectPath(client, project, 'deletions', 'preview'), request) };
    },
  });
  const run = useMutation({
    mutationFn: ({ request, found }: Previewed) =>
      api.post<Deletion>(projectPath(client, project, 'deletions'), {
        ...request,
        expected: found.tasks,
        expectedAnswers: found.answers,
        ...(request.assets ? { expectedAssets: found.assets } : {}),
      }),
    onSuccess: (deletion) => {
      onDeleted(deletion);
      preview.reset();
      void queryClient.invalidateQueries({ queryKey: projectKey(client, project) });
    },
  });
  const reset = () => {
    preview.reset();
    run.reset();
  };
  return { preview, run, reset };
}
