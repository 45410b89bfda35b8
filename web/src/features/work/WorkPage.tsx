import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { WorkItem } from '@/api/types';
import { FirstThings } from '@/features/people/FirstThings';
import { useFirstThings, type FirstThing } from '@/features/people/useFirstThings';
import { Offer } from '@/features/pay/Offer';
import { IconImage, IconText } from '@/design/icons';
import { EmptyState } from '@/shared/EmptyState';
import { LinkAnchor, LinkButton } from '@/shared/links';
import { ListSkeleton } from '@/shared/ListSkeleton';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { workQuery } from './queries';
import classes from './work.module.css';

/** The annotator's and reviewer's home: what waits, project by project, under the code names he is given. */
export function WorkPage() {
  const { t } = useLingui();
  const work = useQuery({
    ...workQuery,
    refetchInterval: 30_000,
    refetchOnMount: 'always',
  });
  const first = useFirstThings();
  return (
    <Page title={t`My work`} width={860}>
      <FirstThings first={first.things} />
      <QueryView query={work}>
        {({ items: all }) => {
          // What is not known to be open is not asked for: the server would refuse, and the page complain.
          if (first.isPending) return <ListSkeleton />;
          const items = all.filter((item) => !first.things.some((thing) => isBefore(thing, item)));
          if (items.length === 0 && first.things.length > 0) return null;
          if (items.length === 0) {
            return (
              <EmptyState title={t`Nothing is assigned to you yet`}>
                <Trans>Projects appear here as soon as your team is put on one.</Trans>
              </EmptyState>
            );
          }
          return (
            <>
              <WorkList title={t`To annotate`} items={items.filter((item) => item.role === 'annotate')} offers={first.isFresh} />
              <WorkList title={t`To review`} items={items.filter((item) => item.role === 'review')} offers={first.isFresh} />
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}

/** Whether something has to be done before this work. */
function isBefore(thing: FirstThing, item: WorkItem): boolean {
  if (thing.client.slug !== item.client) return false;
  return thing.kind === 'text' || thing.course.project === undefined || thing.course.project === item.project;
}

function WorkList({ title, items, offers }: { title: string; items: WorkItem[]; offers: boolean }) {
  if (items.length === 0) return null;
  const waitingFirst = [...items].sort((a, b) => Number(b.waiting > 0) - Number(a.waiting > 0) || a.codeName.localeCompare(b.codeName));
  return (
    <section aria-label={title}>
      <Text component="h2" size="sm" fw={600} c="dimmed" mb={8} mt={0}>
        {title}
      </Text>
      <ul className={classes['list']}>
        {waitingFirst.map((item) => (
          <WorkRow key={`${item.role} ${item.client} ${item.project}`} item={item} offers={offers} />
        ))}
      </ul>
    </section>
  );
}

function WorkRow({ item, offers }: { item: WorkItem; offers: boolean }) {
  const { t } = useLingui();
  const to = item.role === 'review' ? '/review/$client/$project' : '/desk/$client/$project';
  const Kind = item.kind === 'text' ? IconText : IconImage;
  return (
    <li className={classes['row']} data-testid={`work-${item.role}-${item.codeName}`} data-idle={item.waiting === 0 || undefined}>
      <span className={classes['kind']}>
        <Kind size={20} />
      </span>
      <div className={classes['name']}>
        <Text fw={600}>{item.codeName}</Text>
        <Text size="sm" c="dimmed">
          <Plural value={item.done} _0="none done by you yet" one="# done by you" other="# done by you" />
          {item.role === 'annotate' && item.done > 0 ? (
            <>
              {' · '}
              <LinkAnchor to="/work/$client/$project/returned" params={{ client: item.client, project: item.project }} data-testid={`refused-${item.codeName}`}>
                {t`Refused answers`}
              </LinkAnchor>
            </>
          ) : null}
        </Text>
        <Text size="sm" c="dimmed">
          {offers ? <Offer client={item.client} project={item.project} reviews={item.role === 'review'} /> : null}
        </Text>
      </div>
      <Text className={`${classes['waiting']} tabular`}>
        <Plural value={item.waiting} _0="nothing waits" one="# waits" other="# wait" />
      </Text>
      {item.waiting > 0 ? (
        <LinkButton
          to={to}
          params={{ client: item.client, project: item.project }}
          aria-label={item.role === 'review' ? t`Review ${item.codeName}` : t`Start ${item.codeName}`}
          data-testid={`start-${item.role}-${item.codeName}`}
        >
          {item.role === 'review' ? t`Review` : t`Start`}
        </LinkButton>
      ) : null}
    </li>
  );
}
