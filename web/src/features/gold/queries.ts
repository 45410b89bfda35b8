import { queryOptions } from '@tanstack/react-query';
import { announce, api, ApiError, apiUrl, newIdempotencyKey, problemFrom, writeHeaders } from '@/api/client';
import type { GoldImport, GoldItem, GoldRules } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { readAll } from '@/shared/usePages';

/** What begins with this key is read anew when gold changes. */
export const goldKey = (client: string, project: string) => [...projectKey(client, project), 'gold'] as const;

export const goldQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...goldKey(client, project), 'items'],
    queryFn: ({ signal }) => readAll<GoldItem>(projectPath(client, project, 'gold'), signal),
  });

export const goldRulesQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...goldKey(client, project), 'policy'],
    queryFn: ({ signal }) => api.get<GoldRules>(projectPath(client, project, 'gold', 'policy'), { signal }),
  });

/** Sends a file of one gold task a line; what is refused hinders no other line. */
export async function importGold(client: string, project: string, file: File): Promise<GoldImport> {
  const apiPath = projectPath(client, project, 'gold', 'imports');
  const headers = { ...writeHeaders(newIdempotencyKey()), Accept: 'application/json, application/problem+json', 'Content-Type': 'application/octet-stream' };
  let response: Response;
  try {
    response = await fetch(apiUrl(apiPath), { method: 'POST', headers, body: file, credentials: 'same-origin' });
  } catch {
    throw new ApiError({ status: 0, code: 'offline', title: 'offline' });
  }
  const text = await response.text();
  if (!response.ok) throw announce(new ApiError(problemFrom(response.status, response.statusText, text)), apiPath);
  return JSON.parse(text) as GoldImport;
}
