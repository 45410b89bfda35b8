import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, List, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ApiError, api, newIdempotencyKey } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Ontology, OntologySaved, OntologyVersion } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { checkOntology, faultsInOntology, tidied } from './ontology/check';
import { OntologyEditor } from './ontology/OntologyEditor';
import { OntologyView } from './ontology/OntologyView';
import { ontologiesQuery, ontologyQuery, projectKey, projectPath, projectQuery } from './queries';
import { useProjectParams } from './useProjectParams';

export function OntologyTab() {
  const { t } = useLingui();
  const { client, project } = useProjectParams();
  const format = useFormat();
  const requester = holds(useSession(), client, 'requester');
  const [version, setVersion] = useState<number>();
  const [editing, setEditing] = useState(false);
  const versions = useQuery(ontologiesQuery(client, project)).data?.items ?? [];
  const shown = useQuery(ontologyQuery(client, project, editing ? undefined : version));
  const newest = version === undefined || version === versions.reduce((most, v) => Math.max(most, v.version), 0);
  return (
    <QueryView query={shown}>
      {(data) =>
        editing ? (
          <EditOntology key={data.version} client={client} project={project} base={data} onDone={() => setEditing(false)} />
        ) : (
          <Section
            title={t`Version ${data.version}`}
            subtitle={format.dateTime(data.createdAt)}
            actions={
              <>
                {versions.length > 1 ? (
                  <Select
                    aria-label={t`Version`}
                    allowDeselect={false}
                    w={250}
                    value={String(data.version)}
                    data={versions.map((v) => ({ value: String(v.version), label: t`Version ${v.version}, ${format.date(v.createdAt)}` }))}
                    onChange={(value) => setVersion(Number(value))}
                  />
                ) : null}
                {requester && newest ? (
                  <Button variant="default" onClick={() => setEditing(true)} data-testid="edit-ontology">
                    <Trans>Change</Trans>
                  </Button>
                ) : null}
              </>
            }
          >
            <OntologyView ontology={data.ontology} />
          </Section>
        )
      }
    </QueryView>
  );
}

interface EditProps {
  client: string;
  project: string;
  base: OntologyVersion;
  onDone: () => void;
}

function EditOntology({ client, project, base, onDone }: EditProps) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const template = useQuery(projectQuery(client, project)).data?.template;
  const [ontology, setOntology] = useState<Ontology>(base.ontology);
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: (idempotencyKey: string) =>
      api.post<OntologySaved>(projectPath(client, project, 'ontologies'), { ontology: tidied(ontology) }, { idempotencyKey }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: projectKey(client, project) }),
  });
  const faults = useMemo(() => faultsInOntology(save.error instanceof ApiError ? save.error.faults : []), [save.error]);
  const trySave = () => {
    setTried(true);
    if (checkOntology(ontology).length === 0) save.mutate(newIdempotencyKey());
  };
  if (save.data) return <Saved saved={save.data} onDone={onDone} />;
  return (
    <Section title={t`New version after ${base.version}`} subtitle={t`Ids that answers refer to stay; names, colours and order may change.`}>
      <OntologyEditor value={ontology} onChange={setOntology} base={base.ontology} withLabels={template === 'image-boxes'} faults={faults} showMissing={tried} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
        <Button loading={save.isPending} onClick={trySave} data-testid="save-ontology">
          <Trans>Save as a new version</Trans>
        </Button>
      </Group>
      <ProblemAlert error={save.error} />
    </Section>
  );
}

/** What the server found changed: a text, or an object of which it shows the members. */
function Saved({ saved, onDone }: { saved: OntologySaved; onDone: () => void }) {
  const { t } = useLingui();
  const words = saved.changes.map((change) => (typeof change === 'string' ? change : Object.values(change as object).join(' ')));
  return (
    <Alert color="verdigris" title={t`Version ${saved.version} is in force`}>
      <List size="sm">
        {words.map((word) => (
          <List.Item key={word}>{word}</List.Item>
        ))}
      </List>
      <Button mt="sm" size="xs" variant="default" onClick={onDone}>
        <Trans>Done</Trans>
      </Button>
    </Alert>
  );
}
