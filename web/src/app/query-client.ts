import { QueryClient } from '@tanstack/react-query';
import { ApiError, isPassing } from '@/api/client';

/** A refusal stays a refusal: only the network and an overloaded server are tried again. */
export function worthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2) return false;
  return !(error instanceof ApiError) || (isPassing(error) && error.status !== 500);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: worthRetrying, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});
