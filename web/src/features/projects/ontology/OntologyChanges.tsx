import { useLingui } from '@lingui/react/macro';
import { Code, List, Text } from '@mantine/core';
import type { OntologyChange } from '@/api/types';

/** What a new version of an ontology changes, as the server found it. */
export function OntologyChanges({ changes }: { changes: readonly OntologyChange[] }) {
  const { t } = useLingui();
  const kinds: Record<OntologyChange['kind'], string> = {
    ADDED: t`New`,
    REMOVED: t`Removed`,
    RENAMED: t`Renamed`,
    RETYPED: t`Another type`,
    REQUIRED: t`Now required`,
    OPTIONAL: t`Now optional`,
    RECOLORED: t`Another colour`,
  };
  const parts: Record<OntologyChange['part'], string> = { LABEL: t`label`, QUESTION: t`question`, OPTION: t`option` };
  if (changes.length === 0) return <Text size="sm">{t`Nothing that answers depend on has changed.`}</Text>;
  return (
    <List size="sm">
      {changes.map(({ kind, part, path, before, after }) => (
        <List.Item key={`${kind} ${path}`}>
          {kinds[kind]}: {parts[part]} <Code>{path}</Code>
          {before && after ? ` (${before} → ${after})` : ''}
        </List.Item>
      ))}
    </List>
  );
}
