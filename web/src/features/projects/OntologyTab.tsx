import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Modal, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ApiError, api } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Ontology, OntologyPreview, OntologySaved, OntologyVersion } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { checkOntology, faultsInOntology, tidied } from './ontology/check';
import { LabelChanges } from './ontology/LabelChanges';
import { OntologyChanges } from './ontology/OntologyChanges';
import { OntologyEditor } from './ontology/OntologyEditor';
import { OntologyView } from './ontology/OntologyView';
import { UsedList } from './ontology/UsedList';
import { ontologiesQuery, ontologyQuery, projectKey, projectPath, projectQuery } from './queries';
import { useProjectParams } from './useProjectParams';
import { VersionSection } from './VersionSection';

export function OntologyTab() {
  const { t } = useLingui();
  const { client, project } = useProjectParams();
  const requester = holds(useSession(), client, 'requester');
  const [version, setVersion] = useState<number>();
  const [editing, setEditing] = useState(false);
  const [relabelling, setRelabelling] = useState(false);
  const versions = useQuery(ontologiesQuery(client, project)).data?.items ?? [];
  const shown = useQuery(ontologyQuery(client, project, editing ? undefined : version));
  const newest = version === undefined || version === versions.reduce((most, v) => Math.max(most, v.version), 0);
  return (
    <QueryView query={shown}>
      {(data) =>
        editing ? (
          <EditOntology key={data.version} client={client} project={project} base={data} onDone={() => setEditing(false)} />
        ) : (
          <VersionSection
            shown={data}
            versions={versions}
            onChoose={setVersion}
            onEdit={requester && newest ? () => setEditing(true) : undefined}
            editTestId="edit-ontology"
            more={
              requester && newest ? (
                <Button variant="default" onClick={() => setRelabelling(true)} data-testid="change-labels">
                  <Trans>Merge and retire</Trans>
                </Button>
              ) : null
            }
          >
            <Modal opened={relabelling} onClose={() => setRelabelling(false)} size="xl" title={t`Change labels and options at work`} closeButtonProps={{ 'aria-label': t`Close` }}>
              <LabelChanges client={client} project={project} base={data} onDone={() => setRelabelling(false)} />
            </Modal>
            <OntologyView ontology={data.ontology} />
          </VersionSection>
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
  const preview = useMutation({
    mutationFn: () => api.post<OntologyPreview>(projectPath(client, project, 'ontologies', 'preview'), { ontology: tidied(ontology) }),
  });
  const save = useMutation({
    mutationFn: () => api.post<OntologySaved>(projectPath(client, project, 'ontologies'), { baseVersion: base.version, ontology: tidied(ontology) }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: projectKey(client, project) }),
  });
  const failure = preview.error ?? save.error;
  const faults = useMemo(() => faultsInOntology(failure instanceof ApiError ? failure.faults : []), [failure]);
  const change = (next: Ontology) => {
    setOntology(next);
    preview.reset();
    save.reset();
  };
  const tryPreview = () => {
    setTried(true);
    if (checkOntology(ontology).length === 0) preview.mutate();
  };
  const lost = Object.keys(preview.data?.lost ?? {}).length > 0;
  if (save.data) return <Saved saved={save.data} onDone={onDone} />;
  return (
    <Section title={t`New version after ${base.version}`} subtitle={t`Ids that answers refer to stay; names, colours and order may change.`}>
      <OntologyEditor value={ontology} onChange={change} base={base.ontology} withLabels={template === 'image-boxes'} faults={faults} showMissing={tried} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
        {preview.data && !lost ? (
          <Button loading={save.isPending} onClick={() => save.mutate()} data-testid="save-ontology">
            <Trans>Save as a new version</Trans>
          </Button>
        ) : (
          <Button loading={preview.isPending} disabled={lost} onClick={tryPreview} data-testid="preview-ontology">{t`Preview`}</Button>
        )}
      </Group>
      <div aria-live="polite">{preview.data ? <Previewed preview={preview.data} before={base.ontology} /> : null}</div>
      <ProblemAlert error={failure} />
    </Section>
  );
}

/** What a new version changes, before it is one; and why it cannot be, where answers bear what it has no more. */
function Previewed({ preview, before }: { preview: OntologyPreview; before: Ontology }) {
  const { t } = useLingui();
  const lost = Object.keys(preview.lost).length > 0;
  return (
    <Alert mt="md" color={lost ? 'red' : 'brass'} title={lost ? t`Finished work would be lost` : t`After version ${preview.baseVersion}`} data-testid="ontology-preview">
      <OntologyChanges changes={preview.changes} />
      {lost ? (
        <>
          <UsedList ontology={before} used={preview.lost} />
          <Text size="sm" mt="xs">
            <Trans>Put it back, and use “Merge and retire” instead: answers keep what they say there.</Trans>
          </Text>
        </>
      ) : null}
    </Alert>
  );
}

function Saved({ saved, onDone }: { saved: OntologySaved; onDone: () => void }) {
  const { t } = useLingui();
  return (
    <Alert color="verdigris" title={t`Version ${saved.version} is in force`}>
      <OntologyChanges changes={saved.changes} />
      <Button mt="sm" size="xs" variant="default" onClick={onDone}>
        <Trans>Done</Trans>
      </Button>
    </Alert>
  );
}
