import { useLingui } from '@lingui/react/macro';
import { Select, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ClientRef } from '@/api/session';

/** The client one looks at; a choice only where there is one. */
export function ClientSwitcher({ clients, current }: { clients: ClientRef[]; current: ClientRef }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  if (clients.length < 2) {
    return (
      <Text px={10} py={5} size="sm" fw={600} truncate data-testid="client-name">
        {current.name}
      </Text>
    );
  }
  return (
    <Select
      aria-label={t`Client`}
      data-testid="client-switcher"
      mb={4}
      allowDeselect={false}
      searchable={clients.length > 8}
      value={current.slug}
      data={clients.map((client) => ({ value: client.slug, label: client.name }))}
      onChange={(slug) => slug && void navigate({ to: '/clients/$client', params: { client: slug } })}
    />
  );
}
