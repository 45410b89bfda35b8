import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { projectKey } from '../queries';
import { UploadQueue, type Upload } from './upload-queue';
import { xhrTransport } from './xhr-transport';

const queues = new Map<string, UploadQueue>();

function queueOf(client: string, project: string): UploadQueue {
  const key = `${client}/${project}`;
  let queue = queues.get(key);
  if (!queue) {
    queue = new UploadQueue({
      transport: xhrTransport(client, project),
      pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    });
    queues.set(key, queue);
  }
  return queue;
}

// Leaving the page would cut the uploads off: the browser asks first.
window.addEventListener('beforeunload', (event) => {
  if ([...queues.values()].some((queue) => queue.active)) event.preventDefault();
});

/** The uploads of a project; its lists are read again when a batch is over. */
export function useUploads(client: string, project: string): { queue: UploadQueue; uploads: readonly Upload[] } {
  const queue = queueOf(client, project);
  const queryClient = useQueryClient();
  const uploads = useSyncExternalStore(queue.subscribe, queue.snapshot);
  const idle = uploads.length > 0 && !queue.active;
  useEffect(() => {
    if (idle) void queryClient.invalidateQueries({ queryKey: projectKey(client, project) });
  }, [idle, queryClient, client, project]);
  return { queue, uploads };
}
