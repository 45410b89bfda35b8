import { Trans, useLingui } from '@lingui/react/macro';
import { Accordion, Stack, Table, Text } from '@mantine/core';
import type { RoutingPreview } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import { Reasons } from './Reasons';
import { colourOf, Legend, ShareColumns, type Part } from './shares';
import classes from './vendors.module.css';

type Step = RoutingPreview['steps'][number];
type Outcome = RoutingPreview['happened'];

/** What a policy would have done with the past answers, beside what really happened. */
export function PreviewView({ preview, teams }: { preview: RoutingPreview; teams: readonly { id: string; name: string }[] }) {
  const { t } = useLingui();
  const { steps } = preview;
  if (steps.length === 0) {
    return (
      <Text size="sm" c="dimmed" data-testid="preview">
        <Trans>There are no past answers to try it on.</Trans>
      </Text>
    );
  }
  const ids = [...new Set([...teams.map(({ id }) => id), ...steps.flatMap((step) => [...Object.keys(step.shares), ...Object.keys(step.happened)])])];
  const name = (id: string) => teams.find((team) => team.id === id)?.name ?? id;
  const parts = (shares: Step['shares']): Part[] => ids.map((id) => ({ id, share: shares[id] ?? 0, colour: colourOf(ids, id) }));
  return (
    <Stack gap="md" role="region" aria-label={t`Tried on the past`} data-testid="preview">
      <Text size="sm" c="dimmed">
        <Trans>Each column is a part of the past, decided on earlier answers alone. Nothing was changed.</Trans>
      </Text>
      <Legend entries={ids.map((id) => ({ id, name: name(id), colour: colourOf(ids, id) }))} />
      <div className={classes['pair']}>
        <ShareColumns label={t`What happened`} columns={steps.map((step) => ({ at: step.at, parts: parts(step.happened) }))} />
        <ShareColumns label={t`What the policy would have done`} columns={steps.map((step) => ({ at: step.at, parts: parts(step.shares) }))} />
      </div>
      <Outcomes happened={preview.happened} wouldHave={preview.wouldHave} />
      <Accordion variant="separated">
        <Accordion.Item value="steps">
          <Accordion.Control fz="sm">
            <Trans>Step by step, with reasons</Trans>
          </Accordion.Control>
          <Accordion.Panel>
            <StepTable steps={steps} ids={ids} name={name} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

function Outcomes({ happened, wouldHave }: { happened: Outcome; wouldHave: Outcome }) {
  const { t } = useLingui();
  const format = useFormat();
  const money = (value: number) => format.number(value, { minimumFractionDigits: 2, maximumFractionDigits: Math.abs(value) < 10 ? 4 : 2 });
  const right = ({ answers, correct }: Outcome) => (answers > 0 ? format.percent(correct / answers) : t`not known`);
  const rows: [string, (outcome: Outcome) => string][] = [
    [t`Answers`, ({ answers }) => format.number(answers, { maximumFractionDigits: 0 })],
    [t`Correct answers`, ({ correct }) => format.number(correct, { maximumFractionDigits: 1 })],
    [t`Share of correct answers`, right],
    [t`Cost`, ({ cost }) => money(cost)],
    [t`Cost of a correct answer`, ({ costPerCorrect }) => money(costPerCorrect)],
  ];
  return (
    <Table maw={620} aria-label={t`Cost and quality`} data-testid="outcomes">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Cost and quality`}</Table.Th>
          <Table.Th ta="end">{t`What happened`}</Table.Th>
          <Table.Th ta="end">{t`With the policy`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([label, text]) => (
          <Table.Tr key={label}>
            <Table.Td>{label}</Table.Td>
            <Table.Td ta="end">{text(happened)}</Table.Td>
            <Table.Td ta="end" fw={550}>
              {text(wouldHave)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function StepTable({ steps, ids, name }: { steps: readonly Step[]; ids: readonly string[]; name: (id: string) => string }) {
  const { t } = useLingui();
  const format = useFormat();
  const shares = (of: Step['shares']) =>
    ids
      .filter((id) => (of[id] ?? 0) > 0)
      .map((id) => `${name(id)} ${format.percent(of[id] ?? 0, 0)}`)
      .join(', ');
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Until`}</Table.Th>
            <Table.Th ta="end">{t`Answers`}</Table.Th>
            <Table.Th>{t`What happened`}</Table.Th>
            <Table.Th>{t`With the policy`}</Table.Th>
            <Table.Th>{t`Reasons`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map((step, n) => (
            <Table.Tr key={`${n} ${step.at}`} style={{ verticalAlign: 'top' }}>
              <Table.Td>{format.dateTime(step.at)}</Table.Td>
              <Table.Td ta="end">{format.number(step.answers)}</Table.Td>
              <Table.Td>{shares(step.happened)}</Table.Td>
              <Table.Td>{shares(step.shares)}</Table.Td>
              <Table.Td>
                <Reasons reasons={step.reasons} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
