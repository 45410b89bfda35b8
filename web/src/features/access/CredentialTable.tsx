import { useLingui } from '@lingui/react/macro';
import { ActionIcon, Table } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '@/api/client';
import type { Page } from '@/api/types';
import { IconTrash } from '@/design/icons';

/** A list of the person's own credentials at `apiPath`, and the ways to read it again and to remove one. */
export function useCredentials<T>(apiPath: string) {
  const queryClient = useQueryClient();
  const queryKey = ['me', apiPath];
  const again = () => queryClient.invalidateQueries({ queryKey });
  const list = useQuery({ queryKey, queryFn: ({ signal }) => api.get<Page<T>>(apiPath, { signal }) });
  const remove = useMutation({ mutationFn: (id: string) => api.delete<void>(`${apiPath}/${encodeURIComponent(id)}`), onSettled: again });
  return { list, remove, again };
}

interface Props<T> {
  items: readonly T[];
  /** What stands in a row, by the column's name. */
  columns: readonly { name: string; cell: (item: T) => ReactNode }[];
  /** The words on the button that removes one. */
  removal: (item: T) => string;
  onRemove: (id: string) => void;
  testId: string;
}

/** Credentials, each with a button that removes it. */
export function CredentialTable<T extends { id: string }>({ items, columns, removal, onRemove, testId }: Props<T>) {
  const { t } = useLingui();
  return (
    <Table.ScrollContainer minWidth={480} mb="md">
      <Table data-testid={testId}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ name }) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
            <Table.Th>
                  <span className="visually-hidden">{t`Actions`}</span>
                </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={item.id}>
              {columns.map(({ name, cell }) => (
                <Table.Td key={name}>{cell(item)}</Table.Td>
              ))}
              <Table.Td ta="end">
                <ActionIcon variant="subtle" color="red" aria-label={removal(item)} onClick={() => onRemove(item.id)}>
                  <IconTrash />
                </ActionIcon>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
