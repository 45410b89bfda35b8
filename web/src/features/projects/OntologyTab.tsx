import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ApiError, api } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Ontology, OntologySaved, OntologyVersion } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { checkOntology, faultsInOntology, tidied } from './ontology/check';
import { LabelChanges } from './ontology/LabelChanges';
import { OntologyChanges } from './ontology/OntologyChanges';
import { OntologyEditor } from './ontology/OntologyEditor';
import { OntologyView } from './ontology/OntologyView';
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
              requester && newest && data.ontology.labels.length > 0 ? (
                <Button variant="default" onClick={() => setRelabelling(true)} data-testid="change-labels">
                  <Trans>Change labels at work</Trans>
                </Button>
              ) : null
            }
          >
            <Modal opened={relabelling} onClose={() => setRelabelling(false)} size="xl" title={t`Change labels at work`} closeButtonProps={{ 'aria-label': t`Close` }}>
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
  const save = useMutation({
    mutationFn: () => api.post<OntologySaved>(projectPath(client, project, 'ontologies'), { ontology: tidied(ontology) }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: projectKey(client, project) }),
  });
  const faults = useMemo(() => faultsInOntology(save.error instanceof ApiError ? save.error.faults : []), [save.error]);
  const trySave = () => {
    setTried(true);
    if (checkOntology(ontology).length === 0) save.mutate();
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
