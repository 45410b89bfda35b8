import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Group, Text } from '@mantine/core';
import type { RoutingDecision } from '@/api/types';
import { projectPath } from '@/features/projects/queries';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePages } from '@/shared/usePages';
import { decisionsKey } from './queries';
import { Reasons } from './Reasons';
import type { RoutingProps } from './RoutingTab';
import { colourOf, StackedShares } from './shares';
import { useVendorWords } from './useVendorWords';
import classes from './vendors.module.css';

/** Every shift of shares with its reasons, newest first. */
export function DecisionsSection({ client, project, teams }: RoutingProps) {
  const { t } = useLingui();
  const pages = usePages<RoutingDecision>(decisionsKey(client, project), projectPath(client, project, 'routing', 'decisions'), { limit: 10 });
  return (
    <Section title={t`Decisions`} testId="decisions" subtitle={t`A decision that would shift nothing is not written.`}>
      <QueryView query={pages.query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>None yet.</Trans>
            </Text>
          ) : (
            items.map((decision, n) => <Decision key={decision.id} decision={decision} before={items[n + 1]} teams={teams} />)
          )
        }
      </QueryView>
      <Pager pages={pages} />
    </Section>
  );
}

/** One decision, with how each share moved since the one before it, where that one is listed. */
function Decision({ decision, before, teams }: { decision: RoutingDecision; before: RoutingDecision | undefined; teams: RoutingProps['teams'] }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useVendorWords();
  const ids = [...new Set([...teams.map(({ id }) => id), ...Object.keys(decision.parts)])];
  const name = (id: string) => teams.find((team) => team.id === id)?.name ?? id;
  const held = ids.filter((id) => (decision.parts[id] ?? 0) > 0).map((id) => ({ id, name: name(id), share: decision.parts[id] ?? 0 }));
  const moved = ids.map((id) => ({ id, was: before?.parts[id] ?? 0, is: decision.parts[id] ?? 0 })).filter(({ was, is }) => was > 0 || is > 0);
  const said = ({ id, was, is }: (typeof moved)[number]) =>
    before && format.percent(was) !== format.percent(is) ? t`${name(id)} from ${format.percent(was)} to ${format.percent(is)}` : `${name(id)} ${format.percent(is)}`;
  return (
    <article className={classes['decision']} data-testid="decision">
      <Group justify="space-between" align="baseline" gap="xs" mb={6}>
        <Text size="sm" fw={600}>
          {words.cause(decision.cause)}
        </Text>
        <Text size="sm" c="dimmed">
          {format.dateTime(decision.at)} · <Trans>policy {decision.policy}</Trans> · <Plural value={decision.waiting} one="# answer divided" other="# answers divided" />
        </Text>
      </Group>
      {held.length > 0 ? (
        <>
          <StackedShares parts={held.map((part) => ({ ...part, colour: colourOf(ids, part.id) }))} />
          <Text size="sm" mt={4} mb={6}>
            {moved.map(said).join(' · ')}
          </Text>
        </>
      ) : null}
      <Reasons reasons={decision.reasons} />
    </article>
  );
}
