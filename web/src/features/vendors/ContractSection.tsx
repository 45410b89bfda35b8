import { Trans, useLingui } from '@lingui/react/macro';
import { Accordion, Button, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Contract, Vendor, VendorContract } from '@/api/types';
import { useTemplateNames } from '@/features/projects/TemplateChoice';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePlaces } from '@/shared/usePlaces';
import { ContractForm } from './ContractForm';
import { contractsQuery } from './queries';
import { useFigures } from './useFigures';
import { useVendorWords } from './useVendorWords';
import classes from './vendors.module.css';

interface Props {
  client: string;
  vendor: Vendor;
  mayChange: boolean;
}

/** What was agreed on, in all its versions; a requester adds the next. */
export function ContractSection({ client, vendor, mayChange }: Props) {
  const { t } = useLingui();
  const [editing, setEditing] = useState(false);
  const versions = useQuery(contractsQuery(client, vendor.id));
  const newest = versions.data?.[0];
  return (
    <Section
      title={t`Contract`}
      testId="contract"
      subtitle={t`Prices turn work into cost in every report. No version is ever changed or lost.`}
      actions={
        mayChange && versions.data && !editing ? (
          <Button variant="default" onClick={() => setEditing(true)} data-testid="edit-contract">
            {newest ? <Trans>New version</Trans> : <Trans>Enter a contract</Trans>}
          </Button>
        ) : null
      }
    >
      <QueryView query={versions}>
        {(items) =>
          editing ? (
            <ContractForm client={client} vendor={vendor.id} newest={items[0]} onDone={() => setEditing(false)} />
          ) : (
            <Versions items={items} />
          )
        }
      </QueryView>
    </Section>
  );
}

function Versions({ items }: { items: readonly VendorContract[] }) {
  const format = useFormat();
  const [newest, ...older] = items;
  if (!newest) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>None yet: without prices there is no cost in the reports, and routing cannot weigh it.</Trans>
      </Text>
    );
  }
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        <Trans>
          Version {newest.version}, set {format.dateTime(newest.setAt)}.
        </Trans>
      </Text>
      <Terms contract={newest.contract} />
      {older.length > 0 ? (
        <Accordion mt="md" variant="separated" data-testid="older-contracts">
          {older.map(({ version, setAt, contract }) => (
            <Accordion.Item key={version} value={String(version)}>
              <Accordion.Control fz="sm">
                <Trans>
                  Version {version}, set {format.dateTime(setAt)}
                </Trans>
              </Accordion.Control>
              <Accordion.Panel>
                <Terms contract={contract} />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      ) : null}
    </>
  );
}

function Terms({ contract }: { contract: Contract }) {
  const { t } = useLingui();
  const format = useFormat();
  const places = usePlaces();
  const figures = useFigures();
  const words = useVendorWords();
  const templates: Record<string, string> = useTemplateNames();
  const { currency, minimum, serviceLevels, countries, dataProcessing, from, to } = contract;
  const minimumAmount = figures.money(minimum?.amount, currency);
  const turnRound = serviceLevels?.turnRoundHours;
  const acceptance = serviceLevels?.acceptance;
  return (
    <dl className={classes['terms']}>
      <dt>{t`Prices`}</dt>
      <dd>
        <Table w="auto" mx={-8} verticalSpacing={2} withRowBorders={false} aria-label={t`Prices`}>
          <Table.Tbody>
            {(contract.prices ?? []).map((price, n) => (
              <Table.Tr key={n}>
                <Table.Td>{price.taskType ? (templates[price.taskType] ?? price.taskType) : t`All other tasks`}</Table.Td>
                <Table.Td ta="end">{figures.money(price.amount, currency)}</Table.Td>
                <Table.Td c="dimmed">{words.unit(price.unit ?? 'task')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </dd>
      {minimum ? (
        <>
          <dt>{t`Minimum`}</dt>
          <dd>{minimum.per === 'month' ? t`${minimumAmount} a month` : t`${minimumAmount} over the contract`}</dd>
        </>
      ) : null}
      {turnRound !== undefined || acceptance !== undefined ? (
        <>
          <dt>{t`Service levels`}</dt>
          <dd>
            {[
              turnRound === undefined ? null : t`answered within ${format.number(turnRound)} h on average`,
              acceptance === undefined ? null : t`${format.percent(acceptance)} of the reviewed answers need no mending`,
            ]
              .filter((level) => level !== null)
              .join(' · ')}
          </dd>
        </>
      ) : null}
      <dt>{t`Countries`}</dt>
      <dd>{countries && countries.length > 0 ? countries.map(places.countryName).join(', ') : t`anywhere`}</dd>
      {dataProcessing ? (
        <>
          <dt>{t`Data processing`}</dt>
          <dd>{dataProcessing}</dd>
        </>
      ) : null}
      <dt>{t`In force`}</dt>
      <dd>{from ? (to ? t`${format.date(from)} to ${format.date(to)}` : t`since ${format.date(from)}`) : null}</dd>
    </dl>
  );
}
