import { Badge, Group } from '@mantine/core';
import type { Role } from '@/api/types';
import { RoleName } from './RoleName';

/** The roles that somebody or something holds. */
export function RoleBadges({ roles }: { roles: readonly Role[] }) {
  return (
    <Group gap={4}>
      {roles.map((role) => (
        <Badge key={role} color="gray">
          <RoleName role={role} />
        </Badge>
      ))}
    </Group>
  );
}
