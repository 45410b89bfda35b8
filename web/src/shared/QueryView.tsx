import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ListSkeleton } from './ListSkeleton';
import { ProblemAlert } from './ProblemAlert';

/** A query's three faces: skeleton, problem, data. Data that is there stays on screen while it is read again. */
export function QueryView<T>({
  query,
  children,
  skeleton,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
  skeleton?: ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return <>{skeleton ?? <ListSkeleton />}</>;
}
