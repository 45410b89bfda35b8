import { Box, Skeleton, Stack } from '@mantine/core';
import { ListSkeleton } from '@/shared/ListSkeleton';

/** While a page's code is on its way. */
export function PageSkeleton() {
  return (
    <Box maw={1180} mx="auto" px="xl" py="lg">
      <Stack gap="lg">
        <Skeleton height={28} width={260} />
        <ListSkeleton />
      </Stack>
    </Box>
  );
}
