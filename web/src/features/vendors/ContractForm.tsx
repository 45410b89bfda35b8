import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Group, MultiSelect, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { VendorContract } from '@/api/types';
import { useTemplateNames } from '@/features/projects/TemplateChoice';
import { IconPlus, IconTrash } from '@/design/icons';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useFormat } from '@/shared/useFormat';
import { usePlaces } from '@/shared/usePlaces';
import { contractOf, currencies, draftOf, type ContractDraft, type PriceDraft } from './contract';
import { vendorPath, vendorsKey } from './queries';
import { useVendorWords } from './useVendorWords';
import classes from './vendors.module.css';

interface Props {
  client: string;
  vendor: string;
  newest: VendorContract | undefined;
  onDone: () => void;
}

interface FieldProps {
  draft: ContractDraft;
  change: (part: Partial<ContractDraft>) => void;
  fault: (pointer: string) => string | undefined;
}

/** The next version of a contract; saved only over the version that was read. */
export function ContractForm({ client, vendor, newest, onDone }: Props) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(newest?.contract, new Date().toISOString().slice(0, 10)));
  const save = useMutation({
    mutationFn: () => api.put<VendorContract>(vendorPath(client, vendor, 'contract'), contractOf(draft), newest ? { ifMatch: `"${newest.version}"` } : {}),
    onSuccess: ({ version }) => {
      void queryClient.invalidateQueries({ queryKey: vendorsKey(client) });
      notify(t`Version ${version} of the contract is saved`);
      onDone();
    },
  });
  const problem = save.error instanceof ApiError ? save.error : null;
  const fields: FieldProps = {
    draft,
    change: (part) => setDraft({ ...draft, ...part }),
    fault: (pointer) => problem?.faultsAt(pointer)[0],
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="contract-form">
      <Stack gap="lg">
        <PriceFields {...fields} />
        <TermFields {...fields} />
        <ProblemAlert error={save.error} hideFaults />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={save.isPending} data-testid="save-contract">
            {newest ? <Trans>Save as version {newest.version + 1}</Trans> : <Trans>Save</Trans>}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function PriceFields({ draft, change, fault }: FieldProps) {
  const { t } = useLingui();
  const { locale } = useFormat();
  const known = useMemo(() => currencies(locale, draft.currency), [locale, draft.currency]);
  const setPrice = (n: number, part: Partial<PriceDraft>) => change({ prices: draft.prices.map((price, k) => (k === n ? { ...price, ...part } : price)) });
  return (
    <fieldset className={classes['group']}>
      <legend>{t`Prices`}</legend>
      <Stack gap="sm">
        <Select
          label={t`Currency`}
          maw={320}
          searchable
          allowDeselect={false}
          data={known}
          value={draft.currency}
          error={fault('/currency')}
          onChange={(currency) => change({ currency: currency ?? '' })}
        />
        {draft.prices.map((price, n) => (
          <PriceRow
            key={n}
            price={price}
            n={n}
            fault={fault}
            onChange={(part) => setPrice(n, part)}
            onRemove={draft.prices.length > 1 ? () => change({ prices: draft.prices.filter((_, k) => k !== n) }) : undefined}
          />
        ))}
        <Group>
          <Button variant="subtle" leftSection={<IconPlus size={15} />} onClick={() => change({ prices: [...draft.prices, { taskType: '', unit: 'task', amount: '' }] })}>
            <Trans>Another price</Trans>
          </Button>
        </Group>
      </Stack>
    </fieldset>
  );
}

interface PriceProps {
  price: PriceDraft;
  n: number;
  fault: (pointer: string) => string | undefined;
  onChange: (part: Partial<PriceDraft>) => void;
  onRemove: (() => void) | undefined;
}

function PriceRow({ price, n, fault, onChange, onRemove }: PriceProps) {
  const { t } = useLingui();
  const words = useVendorWords();
  const templates: Record<string, string> = useTemplateNames();
  // A type that no template has any more stays choosable, so that it is not lost with the next version.
  const types = price.taskType && !(price.taskType in templates) ? { ...templates, [price.taskType]: price.taskType } : templates;
  return (
    <div className={classes['price']}>
      <Select
        aria-label={t`Tasks of price ${n + 1}`}
        allowDeselect={false}
        data={[{ value: '', label: t`All other tasks` }, ...Object.entries(types).map(([value, label]) => ({ value, label }))]}
        value={price.taskType}
        error={fault(`/prices/${n}/taskType`)}
        onChange={(taskType) => onChange({ taskType: taskType ?? '' })}
      />
      <Select
        aria-label={t`Unit of price ${n + 1}`}
        allowDeselect={false}
        data={['task', 'item', 'hour'].map((value) => ({ value, label: t`for ${words.unit(value)}` }))}
        value={price.unit}
        error={fault(`/prices/${n}/unit`)}
        onChange={(unit) => onChange({ unit: unit ?? 'task' })}
      />
      <TextInput
        aria-label={t`Amount of price ${n + 1}`}
        inputMode="decimal"
        placeholder="0.12"
        value={price.amount}
        error={fault(`/prices/${n}/amount`)}
        onChange={(event) => onChange({ amount: event.currentTarget.value })}
        data-testid={`price-${n}`}
      />
      <ActionIcon variant="subtle" color="gray" size="lg" disabled={!onRemove} onClick={onRemove} aria-label={t`Remove price ${n + 1}`}>
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
}

function TermFields({ draft, change, fault }: FieldProps) {
  const { t } = useLingui();
  const places = usePlaces();
  return (
    <fieldset className={classes['group']}>
      <legend>{t`Terms`}</legend>
      <Stack gap="md">
        <div className={classes['fields']}>
          <TextInput type="date" label={t`First day`} value={draft.from} error={fault('/from')} onChange={(e) => change({ from: e.currentTarget.value })} />
          <TextInput type="date" label={t`Last day`} description={t`Empty: no end.`} inputWrapperOrder={['label', 'input', 'description', 'error']} value={draft.to} error={fault('/to')} onChange={(e) => change({ to: e.currentTarget.value })} />
          <TextInput
            label={t`Minimum`}
            inputMode="decimal"
            placeholder="500.00"
            value={draft.minimum}
            error={fault('/minimum/amount')}
            onChange={(e) => change({ minimum: e.currentTarget.value })}
          />
          <Select
            label={t`The minimum is due`}
            allowDeselect={false}
            disabled={draft.minimum.trim() === ''}
            data={[
              { value: 'month', label: t`each month` },
              { value: 'contract', label: t`over the contract` },
            ]}
            value={draft.per}
            error={fault('/minimum/per')}
            onChange={(per) => change({ per: per ?? 'month' })}
          />
          <NumberInput
            label={t`Hours to an answer`}
            description={t`From planning, on average.`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={1}
            allowDecimal={false}
            value={draft.turnRoundHours}
            error={fault('/serviceLevels/turnRoundHours')}
            onChange={(turnRoundHours) => change({ turnRoundHours })}
          />
          <NumberInput
            label={t`Accepted without mending`}
            description={t`Share of the reviewed answers.`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={0}
            max={100}
            suffix=" %"
            value={draft.acceptance}
            error={fault('/serviceLevels/acceptance')}
            onChange={(acceptance) => change({ acceptance })}
          />
        </div>
        <MultiSelect
          label={t`Countries`}
          description={t`Where the people may work; none for anywhere.`}
          searchable
          data={places.countries(draft.countries)}
          value={[...draft.countries]}
          error={fault('/countries')}
          onChange={(countries) => change({ countries })}
        />
        <Textarea
          label={t`Data processing`}
          description={t`The terms on personal data, or where they stand.`}
          autosize
          minRows={2}
          value={draft.dataProcessing}
          error={fault('/dataProcessing')}
          onChange={(e) => change({ dataProcessing: e.currentTarget.value })}
        />
      </Stack>
    </fieldset>
  );
}
