import { useLingui } from '@lingui/react/macro';
import { Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { ConsensusItem, Method } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePages } from '@/shared/usePages';
import { MethodSelect } from './MethodSelect';
import { ShareBar } from './plots';
import type { Names } from './useNames';

/** Task by task: the answer that stands, and how sure it is. */
export function ConsensusSection({ client, project, names }: { client: string; project: string; names: Names }) {
  const { t } = useLingui();
  const [method, setMethod] = useState<Method>('dawid_skene');
  const pages = usePages<ConsensusItem>([...projectKey(client, project), 'consensus'], projectPath(client, project, 'quality', 'consensus'), {
    filter: { method },
    limit: 25,
  });
  return (
    <Section
      title={t`Consensus`}
      testId="consensus"
      actions={
        <MethodSelect size="xs" aria-label={t`Method`} value={method} onChange={setMethod} />
      }
    >
      <QueryView query={pages.query}>{({ items }) => items.length === 0 ? <Text size="sm" c="dimmed">{t`No task has answers yet.`}</Text> : <ConsensusTable items={items} names={names} />}</QueryView>
      <Pager pages={pages} />
    </Section>
  );
}

function ConsensusTable({ items, names }: { items: ConsensusItem[]; names: Names }) {
  const { t } = useLingui();
  const questions = [...new Set(items.flatMap((item) => Object.keys(item.answers)))];
  const withShapes = items.some((item) => item.shapes.length > 0);
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Asset`}</Table.Th>
            {questions.map((id) => (
              <Table.Th key={id}>{names.question(id)}</Table.Th>
            ))}
            {withShapes ? <Table.Th>{t`Boxes`}</Table.Th> : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={item.task} data-testid={`consensus-${item.task}`}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{item.asset.name}</Table.Td>
              {questions.map((id) => (
                <Table.Td key={id}>
                  <ConsensusAnswerView item={item} question={id} names={names} />
                </Table.Td>
              ))}
              {withShapes ? (
                <Table.Td>
                  <ShapesView item={item} names={names} />
                </Table.Td>
              ) : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function ConsensusAnswerView({ item, question, names }: { item: ConsensusItem; question: string; names: Names }) {
  const { t } = useLingui();
  const format = useFormat();
  const answer = item.answers[question];
  if (!answer) return null;
  const posterior = Object.entries(answer.posterior)
    .sort(([, a], [, b]) => b - a)
    .map(([id, share]) => `${names.choice(question, id)}: ${format.percent(share)}`)
    .join(', ');
  return (
    <Group gap="sm" wrap="nowrap" title={posterior}>
      <Text size="sm" fw={550} {...(answer.value === null ? { c: 'dimmed', fs: 'italic' } : {})}>
        {answer.value === null ? t`tie` : [answer.value].flat().map((value) => names.choice(question, String(value))).join(', ')}
      </Text>
      {answer.confidence === null ? null : (
        <>
          <div style={{ flex: '0 0 60px' }}>
            <ShareBar share={answer.confidence} muted={answer.confidence < 0.8} />
          </div>
          <Text size="sm" c="dimmed" className="tabular">
            {format.percent(answer.confidence)}
          </Text>
        </>
      )}
    </Group>
  );
}

function ShapesView({ item, names }: { item: ConsensusItem; names: Names }) {
  const { t } = useLingui();
  const format = useFormat();
  const counts = new Map<string, number>();
  for (const shape of item.shapes) counts.set(shape.label, (counts.get(shape.label) ?? 0) + 1);
  if (counts.size === 0) return <Text size="sm" c="dimmed">{t`none`}</Text>;
  const contested = item.shapes.filter((shape) => shape.support < shape.of).length;
  return (
    <Text size="sm">
      {[...counts].map(([label, count]) => `${names.label(label)} × ${format.number(count)}`).join(', ')}
      {contested > 0 ? (
        <Text span size="sm" c="dimmed">
          {' '}
          {t`(${contested} not drawn by all)`}
        </Text>
      ) : null}
    </Text>
  );
}
