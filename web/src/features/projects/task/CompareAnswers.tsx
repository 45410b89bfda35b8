import { Trans, useLingui } from '@lingui/react/macro';
import { Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnswerChanges, Ontology, TaskDetail } from '@/api/types';
import { AnswerPicture } from '@/shared/AnswerPicture';
import { QueryView } from '@/shared/QueryView';
import { ChangeList } from './ChangeList';
import { changesQuery } from './queries';
import { layersOf } from './layers';

interface Props {
  client: string;
  project: string;
  detail: TaskDetail;
  ontology: Ontology | undefined;
}

/** What counts of one answer beside another, or beside what its author handed in: on the asset and in words. */
export function CompareAnswers({ client, project, detail, ontology }: Props) {
  const { t } = useLingui();
  const { submissionList } = detail;
  const [to, setTo] = useState(() => submissionList.at(-1)?.id ?? 0);
  const [against, setAgainst] = useState<number | undefined>(() => submissionList.find(({ id }) => id !== to)?.id);
  const query = useQuery({ ...changesQuery(client, project, to, against), enabled: to !== 0 });
  const names = submissionList.map(({ id, annotator, round }) => ({ value: String(id), label: round > 1 ? t`${annotator}, round ${round}` : annotator }));
  return (
    <Stack gap="md" data-testid="compare">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t`From`}
          allowDeselect={false}
          data={[{ value: 'own', label: t`what the same author handed in` }, ...names.filter(({ value }) => value !== String(to))]}
          value={against === undefined ? 'own' : String(against)}
          onChange={(value) => setAgainst(value === 'own' ? undefined : Number(value))}
        />
        <Select
          label={t`To what counts of`}
          allowDeselect={false}
          data={names}
          value={String(to)}
          onChange={(value) => {
            setTo(Number(value));
            if (Number(value) === against) setAgainst(undefined);
          }}
        />
      </SimpleGrid>
      <QueryView query={query}>
        {(changes) => <Changes client={client} project={project} detail={detail} ontology={ontology} changes={changes} />}
      </QueryView>
    </Stack>
  );
}

function Changes({ client, project, detail, ontology, changes }: Props & { changes: AnswerChanges }) {
  const { t } = useLingui();
  const { fields, regions } = changes.diff;
  const words = { added: t`added`, removed: t`removed`, before: t`before`, after: t`after`, same: t`the same` };
  const same = fields.length + regions.length === 0;
  return (
    <>
      <AnswerPicture place={{ client, project }} asset={detail.asset.id} name={detail.asset.name} layers={layersOf(changes, words)} />
      {same ? (
        <Text size="sm" data-testid="no-difference">
          <Trans>The two say the same.</Trans>
        </Text>
      ) : (
        <ChangeList diff={changes.diff} ontology={ontology} />
      )}
    </>
  );
}
