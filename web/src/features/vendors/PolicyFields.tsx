import { Trans, useLingui } from '@lingui/react/macro';
import { NumberInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import type { Figure } from './contract';
import { KINDS, sumOf, type RoutingDraft, type RoutingKind } from './routing';
import { useVendorWords } from './useVendorWords';
import classes from './vendors.module.css';

interface Props {
  teams: readonly { id: string; name: string }[];
  draft: RoutingDraft;
  disabled: boolean;
  change: (part: Partial<RoutingDraft>) => void;
  fault: (pointer: string) => string | undefined;
}

export function PolicyFields({ teams, draft, disabled, change, fault }: Props) {
  const { t } = useLingui();
  const words = useVendorWords();
  return (
    <Stack gap="lg">
      <Radio.Group label={t`How the work is divided`} value={draft.kind} error={fault('/kind')} onChange={(kind) => change({ kind: kind as RoutingKind })}>
        <Stack gap="xs" mt="xs">
          {KINDS.map((kind) => (
            <Radio key={kind} value={kind} disabled={disabled} label={words.routing(kind)} description={words.routingHint(kind)} data-testid={`kind-${kind}`} />
          ))}
        </Stack>
      </Radio.Group>
      <KindFields teams={teams} draft={draft} disabled={disabled} change={change} fault={fault} />
      <div className={classes['fields']}>
        <Percent label={t`Floor`} description={t`The least share of each; 5 % when empty. Who gets nothing is never measured.`} value={draft.floor} error={fault('/floor')} disabled={disabled} onChange={(floor) => change({ floor })} />
        <Percent label={t`Cap`} description={t`The most that one may have.`} value={draft.cap} error={fault('/cap')} disabled={disabled} onChange={(cap) => change({ cap })} />
        <Percent label={t`Overlap`} description={t`Share of the tasks whose answers are spread over workforces, so that they are measured on the same work.`} value={draft.overlap} error={fault('/overlap')} disabled={disabled} onChange={(overlap) => change({ overlap })} />
        <NumberInput
          label={t`Minutes between decisions`}
          description={t`60 when empty.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={1}
          allowDecimal={false}
          value={draft.everyMinutes}
          error={fault('/everyMinutes')}
          disabled={disabled}
          onChange={(everyMinutes) => change({ everyMinutes })}
        />
        {draft.kind === 'adaptive' ? (
          <NumberInput
            label={t`Seed`}
            description={t`Of the random draws: the same seed and data decide the same.`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            allowDecimal={false}
            value={draft.seed}
            error={fault('/seed')}
            disabled={disabled}
            onChange={(seed) => change({ seed })}
          />
        ) : null}
      </div>
    </Stack>
  );
}

/** What one kind needs and the others do not. */
function KindFields({ teams, draft, disabled, change, fault }: Props) {
  const { t } = useLingui();
  switch (draft.kind) {
    case 'fixed':
      return <ShareFields teams={teams} draft={draft} disabled={disabled} change={change} fault={fault} />;
    case 'cheapest':
      return (
        <div className={classes['fields']}>
          <Percent label={t`Good enough`} description={t`Accuracy that the lower end of the interval has to reach.`} value={draft.quality} error={fault('/quality')} disabled={disabled} onChange={(quality) => change({ quality })} />
        </div>
      );
    case 'best':
      return (
        <div className={classes['fields']}>
          <TextInput
            label={t`Budget`}
            description={t`For all that waits, in the currency of the contracts.`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            inputMode="decimal"
            placeholder="1200.00"
            value={draft.budget}
            error={fault('/budget')}
            disabled={disabled}
            onChange={(event) => change({ budget: event.currentTarget.value })}
          />
        </div>
      );
    case 'adaptive':
      return null;
  }
}

function ShareFields({ teams, draft, disabled, change, fault }: Props) {
  const sum = sumOf(draft);
  return (
    <div>
      <div className={classes['fields']}>
        {teams.map(({ id, name }) => (
          <Percent key={id} label={name} value={draft.shares[id] ?? ''} error={fault(`/shares/${id}`)} disabled={disabled} onChange={(figure) => change({ shares: { ...draft.shares, [id]: figure } })} />
        ))}
      </div>
      <Text size="sm" mt={6} c={sum === 100 ? 'dimmed' : 'var(--etalon-bad)'} role="status">
        <Trans>The shares add up to {sum} %.</Trans>
      </Text>
      {teams.length > 0 && fault('/shares') && sum === 100 ? (
        <Text size="sm" c="var(--etalon-bad)">
          {fault('/shares')}
        </Text>
      ) : null}
    </div>
  );
}

interface PercentProps {
  label: string;
  description?: string;
  value: Figure;
  error: string | undefined;
  disabled: boolean;
  onChange: (value: Figure) => void;
}

function Percent({ description, ...rest }: PercentProps) {
  return (
    <NumberInput
      min={0}
      max={100}
      decimalScale={4}
      suffix=" %"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...(description === undefined ? {} : { description })}
      {...rest}
    />
  );
}
