import { Skeleton, Stack } from '@mantine/core';

export function ListSkeleton({ rows = 5 }: { rows?: number }) {
  return (
    <Stack gap="sm" aria-busy="true" data-testid="loading">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={22} width={`${92 - ((row * 17) % 31)}%`} />
      ))}
    </Stack>
  );
}
