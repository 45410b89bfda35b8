import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { WallBody, WhatIf } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import { whatIfQuery } from './queries';
import { useSubjects } from './useSubjects';
import classes from './walls.module.css';

/** Whom a rule would stop that is not stopped now. Asking changes nothing. */
export function WhatIfResult({ client, rule }: { client: string; rule: WallBody }) {
  const { t } = useLingui();
  const answer = useQuery(whatIfQuery(client, rule));
  return (
    <section aria-label={t`Whom it would stop`} aria-live="polite" data-testid="what-if">
      <QueryView query={answer}>{(found) => <Found client={client} found={found} rule={rule} />}</QueryView>
    </section>
  );
}

function Found({ client, found, rule }: { client: string; found: WhatIf; rule: WallBody }) {
  const { t } = useLingui();
  if (rule.kind === 'two_persons') {
    return (
      <Alert color="brass" title={t`Exports would wait`}>
        <Trans>It stops no work. Every export, and every archive of a release, needs leave from a second person.</Trans>
      </Alert>
    );
  }
  if (found.stopped.length === 0) {
    return (
      <Alert color="verdigris" title={t`It would stop nobody now`}>
        <Trans>Nobody who works here today falls under it. It stays in force for whoever comes.</Trans>
      </Alert>
    );
  }
  return <Stopped client={client} found={found} />;
}

function Stopped({ client, found }: { client: string; found: WhatIf }) {
  const { t } = useLingui();
  const format = useFormat();
  const nameOf = useSubjects(client);
  const workforces = found.stopped.filter(({ kind }) => kind === 'workforce').length;
  const waiting = found.projects.reduce((sum, project) => sum + project.waiting, 0);
  const alone = found.projects.filter(({ remaining, workforces: all }) => all > 0 && remaining === 0);
  return (
    <Stack gap="sm">
      <Text fw={600} size="sm">
        <Trans>It would stop at once:</Trans>
      </Text>
      <dl className={classes['figures']}>
        {[
          { name: t`Workforces`, value: workforces },
          { name: t`People`, value: found.people },
          { name: t`Open leases`, value: found.openLeases },
          { name: t`Tasks waiting`, value: waiting },
        ].map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{format.number(value)}</dd>
          </div>
        ))}
      </dl>
      <DataTable
        testId="stopped"
        caption={t`Who would be stopped`}
        minWidth={320}
        items={found.stopped}
        keyOf={({ subject }) => subject}
        columns={[
          { name: t`Who`, cell: ({ subject }) => nameOf(subject) },
          { name: t`What`, cell: ({ kind, people }) => (kind === 'workforce' ? <Plural value={people} one="Workforce, # person" other="Workforce, # people" /> : t`Person`) },
        ]}
      />
      {found.projects.length > 0 ? (
        <DataTable
          testId="loads"
          caption={t`What it would do to projects`}
          minWidth={420}
          items={found.projects}
          keyOf={({ project }) => project}
          columns={[
            { name: t`Project`, cell: ({ name }) => name },
            { name: t`Open leases`, cell: ({ openLeases }) => format.number(openLeases), end: true },
            { name: t`Tasks waiting`, cell: (project) => format.number(project.waiting), end: true },
            { name: t`Workforces left`, cell: ({ remaining, workforces: all }) => t`${remaining} of ${all}`, end: true },
          ]}
        />
      ) : null}
      {alone.length > 0 ? (
        <Alert color="red" title={t`Work would stand still`}>
          <Trans>No workforce would remain in {alone.map(({ name }) => name).join(', ')}.</Trans>
        </Alert>
      ) : null}
    </Stack>
  );
}
