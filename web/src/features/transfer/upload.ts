import { announce, ApiError, apiUrl, newIdempotencyKey, problemFrom, writeHeaders } from '@/api/client';
import type { Job } from '@/api/types';
import { projectPath } from '@/features/projects/queries';

export interface ImportFile {
  readonly file: File;
  readonly format: 'jsonl' | 'csv';
}

/** Streams a file to the server, which stores it and queues the import. XMLHttpRequest, because `fetch` tells nothing of what has been sent. */
export function uploadImport(client: string, project: string, { file, format }: ImportFile, onProgress: (sent: number) => void, signal: AbortSignal): Promise<Job> {
  return new Promise((resolve, reject) => {
    const apiPath = projectPath(client, project, 'imports');
    const request = new XMLHttpRequest();
    request.open('POST', apiUrl(apiPath, { name: file.name, format }));
    for (const [name, value] of Object.entries(writeHeaders(newIdempotencyKey()))) request.setRequestHeader(name, value);
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Job);
      else reject(announce(new ApiError(problemFrom(request.status, request.statusText, request.responseText)), apiPath));
    };
    request.onerror = () => reject(new ApiError({ status: 0, code: 'offline', title: 'offline' }));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
