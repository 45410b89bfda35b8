import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface Column<T> {
  name: string;
  cell: (item: T) => ReactNode;
  end?: boolean;
  /** The name is for those who hear it: a column of buttons. */
  quiet?: boolean;
}

interface Props<T> {
  items: readonly T[];
  columns: readonly Column<T>[];
  keyOf: (item: T) => string | number;
  testId: string;
  caption?: string;
  minWidth?: number;
}

/** A plain list in columns, which scrolls sideways where the page is narrow. */
export function DataTable<T>({ items, columns, keyOf, testId, caption, minWidth = 560 }: Props<T>) {
  return (
    <Table.ScrollContainer minWidth={minWidth}>
      <Table verticalSpacing={6} data-testid={testId}>
        {caption ? <Table.Caption className="visually-hidden">{caption}</Table.Caption> : null}
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ name, end, quiet }) => (
              <Table.Th key={name} ta={end ? 'end' : undefined}>
                {quiet ? <span className="visually-hidden">{name}</span> : name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={keyOf(item)}>
              {columns.map(({ name, cell, end }) => (
                <Table.Td key={name} ta={end ? 'end' : undefined}>
                  {cell(item)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
