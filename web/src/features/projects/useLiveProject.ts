import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { follow, type EventKind } from '@/api/events';
import { glassKey } from '@/features/glass/queries';
import { projectKey, projectPath } from './queries';

/**
 * Keeps what is shown of a project up to date while the page is visible; a hidden one gives its connection back, since a
 * browser has only a few for one server. Gives whether events come; while they do not, the caller polls.
 */
export function useLiveProject(client: string, project: string): boolean {
  const queryClient = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => {
    const key = projectKey(client, project);
    const onNews = (kinds: ReadonlySet<EventKind>) => {
      if (kinds.has('break-glass.changed')) void queryClient.invalidateQueries({ queryKey: glassKey(client) });
      if (kinds.has('project.changed')) {
        void queryClient.invalidateQueries({ queryKey: key });
        return;
      }
      if (kinds.has('job.changed')) void queryClient.invalidateQueries({ queryKey: [...key, 'jobs'] });
      if (kinds.has('release.changed')) void queryClient.invalidateQueries({ queryKey: [...key, 'releases'] });
      void queryClient.invalidateQueries({ queryKey: key, exact: true });
      void queryClient.invalidateQueries({ queryKey: [...key, 'tasks'] });
    };
    let end: (() => void) | undefined;
    let away = false;
    const attend = () => {
      end?.();
      end = undefined;
      if (document.visibilityState === 'visible') {
        // What happened while nobody looked.
        if (away) void queryClient.invalidateQueries({ queryKey: key, exact: true });
        end = follow(projectPath(client, project, 'events'), { onNews, onLive: setLive });
      } else {
        away = true;
        setLive(false);
      }
    };
    attend();
    document.addEventListener('visibilitychange', attend);
    return () => {
      document.removeEventListener('visibilitychange', attend);
      end?.();
    };
  }, [client, project, queryClient]);
  return live;
}
