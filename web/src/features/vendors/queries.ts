import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { HandOver, Page, Routing, Vendor, VendorConcentration, VendorContract, VendorStop, WorkforceReport } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { readAll } from '@/shared/usePages';

/** Keys begin with `['clients', client, 'vendors']`: a drain or a contract makes all of it new. */
export const vendorsKey = (client: string) => ['clients', client, 'vendors'] as const;

export const vendorPath = (client: string, vendor: string, ...rest: string[]) => path('clients', client, 'vendors', vendor, ...rest);

export const vendorsQuery = (client: string) =>
  queryOptions({
    queryKey: vendorsKey(client),
    queryFn: ({ signal }) => readAll<Vendor>(path('clients', client, 'vendors'), signal),
  });

export const vendorQuery = (client: string, vendor: string) =>
  queryOptions({
    queryKey: [...vendorsKey(client), vendor],
    queryFn: ({ signal }) => api.get<Vendor>(vendorPath(client, vendor), { signal }),
  });

export const contractsQuery = (client: string, vendor: string) =>
  queryOptions({
    queryKey: [...vendorsKey(client), vendor, 'contracts'],
    queryFn: ({ signal }) => api.get<Page<VendorContract>>(vendorPath(client, vendor, 'contracts'), { signal }).then(({ items }) => items),
  });

export const handOversQuery = (client: string, vendor: string) =>
  queryOptions({
    queryKey: [...vendorsKey(client), vendor, 'hand-overs'],
    queryFn: ({ signal }) => api.get<Page<HandOver>>(vendorPath(client, vendor, 'hand-overs'), { signal }).then(({ items }) => items),
  });

export const stopQuery = (client: string, vendor: string) =>
  queryOptions({
    queryKey: [...vendorsKey(client), vendor, 'stop'],
    queryFn: ({ signal }) => api.get<VendorStop>(vendorPath(client, vendor, 'stop-preview'), { signal }),
  });

export const concentrationQuery = (client: string) =>
  queryOptions({
    queryKey: [...vendorsKey(client), 'concentration'],
    queryFn: ({ signal }) => api.get<VendorConcentration>(path('clients', client, 'vendor-concentration'), { signal }),
  });

export const measuresQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'vendors'],
    queryFn: ({ signal }) => api.get<WorkforceReport>(projectPath(client, project, 'vendors'), { signal }),
  });

export const routingQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'routing'],
    queryFn: ({ signal }) => api.get<Routing>(projectPath(client, project, 'routing'), { signal }),
  });

export const decisionsKey = (client: string, project: string) => [...projectKey(client, project), 'routing', 'decisions'] as const;
