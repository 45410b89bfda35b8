import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Residency, ResidencyBody, ResidencyWhatIf } from '@/api/types';

export const residencyQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'residency'],
    queryFn: ({ signal }) => api.get<Residency>(path('clients', client, 'residency'), { signal }),
  });

export const residencyWhatIfQuery = (client: string, list: ResidencyBody) =>
  queryOptions({
    queryKey: ['clients', client, 'residency', 'what-if', list],
    // What it says is true for the moment in which it is asked.
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) => api.post<ResidencyWhatIf>(path('clients', client, 'residency', 'what-if'), list, { signal }),
  });
