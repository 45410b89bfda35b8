import { announce, ApiError, apiUrl, problemFrom, writeHeaders } from '@/api/client';
import type { ArchiveResult } from '@/api/types';
import { projectPath } from '../queries';
import { isArchive, type Outcome, type Transport } from './upload-queue';

/** Streams a file's raw bytes to a project. XMLHttpRequest, because `fetch` tells nothing of what has been sent. */
export function xhrTransport(client: string, project: string): Transport {
  return ({ file, idempotencyKey }, onProgress, signal) =>
    new Promise<Outcome>((resolve, reject) => {
      const archive = isArchive(file);
      const apiPath = projectPath(client, project, archive ? 'archives' : 'assets');
      const request = new XMLHttpRequest();
      request.open('POST', apiUrl(apiPath, archive ? undefined : { name: file.name }));
      for (const [name, value] of Object.entries(writeHeaders(idempotencyKey))) request.setRequestHeader(name, value);
      request.setRequestHeader('Accept', 'application/json, application/problem+json');
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.upload.onprogress = (event) => onProgress(event.loaded);
      request.onload = () => {
        if (request.status >= 200 && request.status < 300) resolve(outcome(request, archive));
        else reject(announce(refusal(request), apiPath));
      };
      request.onerror = () => reject(new ApiError({ status: 0, code: 'offline', title: 'offline' }));
      request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
      signal.addEventListener('abort', () => request.abort());
      request.send(file);
    });
}

function outcome(request: XMLHttpRequest, archive: boolean): Outcome {
  if (archive) return { kind: 'archive', ...(JSON.parse(request.responseText) as ArchiveResult) };
  return { kind: request.status === 201 ? 'created' : 'duplicate' };
}

function refusal(request: XMLHttpRequest): ApiError {
  const retryAfter = Number(request.getResponseHeader('Retry-After') ?? Number.NaN);
  const problem = problemFrom(request.status, request.statusText, request.responseText);
  return new ApiError(problem, Number.isFinite(retryAfter) ? retryAfter : undefined);
}
