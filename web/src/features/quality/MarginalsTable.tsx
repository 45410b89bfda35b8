import { Plural, useLingui } from '@lingui/react/macro';
import { Code, Table, Text } from '@mantine/core';
import type { QuestionQuality } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import { ShareBar } from './plots';
import { useMethods } from './useMethods';
import type { Names } from './useNames';

/** How often each class wins, by counting heads and by weighing them. */
export function MarginalsTable({ question, names }: { question: QuestionQuality; names: Names }) {
  const { t } = useLingui();
  const format = useFormat();
  const methods = useMethods();
  const { majority, dawid_skene: dawidSkene } = question.methods;
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table data-testid="marginals">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Answer`}</Table.Th>
            <Table.Th colSpan={2} w="38%">
              {methods.majority.name}
            </Table.Th>
            <Table.Th colSpan={2} w="38%">
              {methods.dawid_skene.name}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {question.classes.map((id) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Code>{id}</Code> {names.choice(question.question, id)}
              </Table.Td>
              <Share share={majority?.marginals[id]} muted />
              <Share share={dawidSkene?.marginals[id]} />
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Td />
            <Table.Td colSpan={2}>
              {majority ? (
                <Text size="sm" c="dimmed">
                  <Plural value={majority.ties} _0="no ties" one="# tie left open" other="# ties left open" />
                </Text>
              ) : null}
            </Table.Td>
            <Table.Td colSpan={2}>
              {dawidSkene ? (
                <Text size="sm" c="dimmed">
                  <Plural value={dawidSkene.iterations} one="# iteration" other="# iterations" />
                  {', '}
                  {t`log-likelihood ${format.number(dawidSkene.logLikelihood, { maximumFractionDigits: 2 })}`}
                </Text>
              ) : null}
            </Table.Td>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  );
}

function Share({ share, muted = false }: { share: number | undefined; muted?: boolean }) {
  const format = useFormat();
  if (share === undefined) return <Table.Td colSpan={2} />;
  return (
    <>
      <Table.Td w={80} ta="end">
        {format.percent(share)}
      </Table.Td>
      <Table.Td>
        <ShareBar share={share} muted={muted} />
      </Table.Td>
    </>
  );
}
