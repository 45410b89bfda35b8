import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { labelColors } from '@/design/tokens';
import { Page } from '@/shared/Page';
import { useFormat } from '@/shared/useFormat';
import classes from './june.module.css';
import { bands, closed, latest, outcomes, type Moment, type Outcome, type Story } from './story';
import { useStories } from './useStories';

/** June 2025 as it happens: who does whose work, walls that close, queues that move, logs that grow, and what must follow. */
export function JunePage() {
  const { t } = useLingui();
  const stories = useStories();
  const colors = colorsOf(stories);
  return (
    <Page
      title={t`June 2025`}
      subtitle={t`Five competing clients share a vendor; one of them buys 49 % of it. What follows is shown as it happens, from the ordinary API and its events.`}
    >
      <Outcomes stories={stories} />
      <Legend colors={colors} />
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
        {stories.map((story) => (
          <ClientCard key={story.slug} story={story} colors={colors} />
        ))}
      </SimpleGrid>
    </Page>
  );
}

/** A colour each name; every client's own team bears the same one. */
type Colors = ReadonlyMap<string, string>;

function colorsOf(stories: readonly Story[]): Colors {
  const names = [...new Set(stories.flatMap((story) => Object.values(story.names)))].sort();
  return new Map(names.map((name, i) => [name, labelColors[i % labelColors.length] ?? '']));
}

function Legend({ colors }: { colors: Colors }) {
  return (
    <Group gap="md" component="ul" className={classes['legend']}>
      {[...colors].map(([name, color]) => (
        <Text key={name} component="li" size="sm">
          <span className={classes['swatch']} style={{ background: color }} aria-hidden="true" />
          {name}
        </Text>
      ))}
    </Group>
  );
}

function Outcomes({ stories }: { stories: readonly Story[] }) {
  const { t } = useLingui();
  const [walls, work, reports, dependence, exit] = outcomes(stories);
  return (
    <Card withBorder component="section" aria-label={t`Outcomes`} data-testid="june-outcomes">
      <ol className={classes['outcomes']}>
        <OutcomeLine outcome={walls}>
          <Trans>Walls closed before the vendor, its open leases fenced</Trans>
        </OutcomeLine>
        <OutcomeLine outcome={work}>
          <Trans>All work done by others, nothing lost, nothing twice</Trans>
        </OutcomeLine>
        <OutcomeLine outcome={reports}>
          <Trans>Exposure reports in the clients’ hands</Trans>
        </OutcomeLine>
        <OutcomeLine outcome={dependence}>
          <Trans>Less concentrated than before</Trans>
        </OutcomeLine>
        <OutcomeLine outcome={exit}>
          <Trans>One client has left altogether</Trans>
        </OutcomeLine>
      </ol>
    </Card>
  );
}

function OutcomeLine({ outcome, children }: { outcome: Outcome; children: ReactNode }) {
  const { t } = useLingui();
  const { done, of, holds } = outcome;
  return (
    <li>
      <Group gap="sm" wrap="nowrap" justify="space-between">
        <Text size="sm">{children}</Text>
        <Badge variant={holds ? 'filled' : 'light'} color={holds ? 'verdigris' : 'gray'} aria-live="polite">
          {of === 0 ? t`not yet` : t`${done} of ${of}`}
        </Badge>
      </Group>
    </li>
  );
}

function ClientCard({ story, colors }: { story: Story; colors: Colors }) {
  const { t } = useLingui();
  const now = latest(story);
  const walls = closed(now);
  return (
    <Card
      withBorder
      component="section"
      aria-label={story.name}
      data-testid={`june-${story.slug}`}
      data-state={story.left ? 'left' : walls.length > 0 ? 'closed' : 'open'}
      className={story.left ? classes['left'] : undefined}
    >
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {story.name}
          </Title>
          {story.left ? (
            <Badge color="gray" variant="filled">{t`left`}</Badge>
          ) : walls.length > 0 ? (
            <Badge color="red" variant="filled">{t`wall closed`}</Badge>
          ) : (
            <Badge color="verdigris" variant="light">{t`walls open`}</Badge>
          )}
        </Group>
        {now ? <Figures story={story} now={now} colors={colors} /> : <Text size="sm" c="dimmed">{t`Nothing is seen yet.`}</Text>}
      </Stack>
    </Card>
  );
}

function Figures({ story, now, colors }: { story: Story; now: Moment; colors: Colors }) {
  const { t } = useLingui();
  const format = useFormat();
  const fenced = closed(now).reduce((sum, one) => sum + (one.leases ?? 0), 0);
  const lines: [string, string][] = [
    [t`Tasks done`, t`${format.number(now.done)} of ${format.number(now.tasks)}`],
    [t`Answers waiting, in work`, t`${format.number(now.waiting)} · ${format.number(now.inWork)}`],
    [t`Leases fenced`, format.number(fenced)],
    [t`Concentration index`, format.number(now.index, { minimumFractionDigits: 3, maximumFractionDigits: 3 })],
    [t`Exit readiness`, now.readiness === undefined ? '–' : format.percent(now.readiness)],
    [t`Entries in the log`, format.number(now.entries)],
  ];
  return (
    <>
      <SharesOverTime story={story} colors={colors} />
      <progress className={classes['queue']} max={Math.max(1, now.tasks)} value={now.done} aria-label={t`Tasks done`} />
      <dl className={classes['figures']}>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function SharesOverTime({ story, colors }: { story: Story; colors: Colors }) {
  const { t } = useLingui();
  const format = useFormat();
  const vendors = Object.keys(story.names).sort((a, b) => (story.names[a] ?? '').localeCompare(story.names[b] ?? ''));
  const shares = latest(story)?.shares ?? {};
  const closedAt = story.moments.findIndex((moment) => closed(moment).length > 0);
  const first = story.moments[0]?.at ?? 0;
  const span = Math.max(1, (story.moments.at(-1)?.at ?? 0) - first);
  const mark = closedAt > 0 ? (((story.moments[closedAt]?.at ?? first) - first) / span) * 100 : undefined;
  const words = vendors.map((vendor) => `${story.names[vendor]} ${format.percent(shares[vendor] ?? 0)}`).join(', ');
  return (
    <figure className={classes['figure']}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={t`Shares of all answers: ${words}`}>
        {bands(story.moments, vendors).map(({ vendor, path }) => (
          <path key={vendor} d={path} fill={colors.get(story.names[vendor] ?? '')} />
        ))}
        {mark === undefined ? null : <line className={classes['mark']} x1={mark} x2={mark} y1="0" y2="100" />}
      </svg>
      <figcaption>
        <Trans>Shares of all answers, from 0 to 100 %, over time; the line: the wall closes</Trans>
      </figcaption>
    </figure>
  );
}
