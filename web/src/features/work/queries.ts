import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Page, WorkItem } from '@/api/types';

/** What waits for the reader, project by project, under the code names that he is given. */
export const workQuery = queryOptions({
  queryKey: ['work'],
  queryFn: ({ signal }) => api.get<Page<WorkItem>>('/work', { signal }),
});
