import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { Page } from '@/api/types';

export interface Pages<T> {
  query: UseQueryResult<Page<T>>;
  /** Counted from 0. */
  page: number;
  next: (() => void) | undefined;
  previous: (() => void) | undefined;
}

type Filter = Record<string, string | number | undefined>;

/**
 * A list read page by page: the server's cursors only lead forward, so the ones behind are kept here. A changed filter begins
 * again at the first page.
 */
export function usePages<T>(
  queryKey: readonly unknown[],
  apiPath: string,
  options: { limit?: number | null; filter?: Filter; refetchInterval?: number | false; cursorParameter?: string } = {},
): Pages<T> {
  // Null where the server cuts pages by its own measure and takes no limit.
  const { limit = 50, filter = {}, refetchInterval = false, cursorParameter = 'cursor' } = options;
  const filterKey = JSON.stringify(filter);
  const [trail, setTrail] = useState<{ filterKey: string; cursors: string[] }>({ filterKey, cursors: [] });
  const cursors = trail.filterKey === filterKey ? trail.cursors : [];
  const cursor = cursors.at(-1);
  const query = useQuery({
    queryKey: [...queryKey, filter, limit, cursor ?? null],
    queryFn: ({ signal }) => api.get<Page<T>>(apiPath, { signal, query: { ...filter, limit, [cursorParameter]: cursor } }),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
  const following = query.isPlaceholderData ? null : query.data?.next;
  return {
    query,
    page: cursors.length,
    next: following ? () => setTrail({ filterKey, cursors: [...cursors, following] }) : undefined,
    previous: cursors.length > 0 ? () => setTrail({ filterKey, cursors: cursors.slice(0, -1) }) : undefined,
  };
}

/** All pages of a short list (clients, people, workforces), up to `most` items. */
export async function readAll<T>(apiPath: string, signal?: AbortSignal, most = 2000): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null | undefined;
  do {
    const page: Page<T> = await api.get<Page<T>>(apiPath, { query: { limit: 200, cursor }, ...(signal ? { signal } : {}) });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < most);
  return items;
}
