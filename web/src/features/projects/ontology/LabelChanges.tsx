import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { LabelOperation, LabelPreview, LabelsChanged, OntologyVersion } from '@/api/types';
import { labelColors } from '@/design/tokens';
import { IconPlus } from '@/design/icons';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useFormat } from '@/shared/useFormat';
import { projectKey, projectPath } from '../queries';
import { LabelPlanRow } from './LabelPlanRow';
import { NewLabelRow } from './NewLabelRow';
import { OntologyChanges } from './OntologyChanges';
import { KEPT, operationsOf, targetsFor, type Relabelling } from './relabelling';

interface Props {
  client: string;
  project: string;
  base: OntologyVersion;
  onDone: () => void;
}

interface Previewed {
  readonly operations: readonly LabelOperation[];
  readonly preview: LabelPreview;
}

/** Labels added, renamed, merged and retired while work goes on: first what it touches, then in one step. */
export function LabelChanges({ client, project, base, onDone }: Props) {
  const { t } = useLingui();
  const { ontology } = base;
  const [relabelling, setRelabelling] = useState<Relabelling>({ plans: {}, added: [] });
  const { preview, apply } = useRelabelling(client, project);
  const change = (next: Relabelling) => {
    setRelabelling(next);
    preview.reset();
    apply.reset();
  };
  const operations = operationsOf(ontology, relabelling);
  if (apply.data) return <Applied changed={apply.data} onDone={onDone} />;
  return (
    <Stack gap="md" data-testid="label-changes">
      <Text size="sm">
        <Trans>Answers stay as they were given. Leases that are out finish under the labels they began with.</Trans>
      </Text>
      <Stack gap="xs">
        {ontology.labels.map((label) => (
          <LabelPlanRow
            key={label.id}
            label={label}
            plan={relabelling.plans[label.id] ?? KEPT}
            targets={targetsFor(label.id, ontology.labels, relabelling)}
            onChange={(plan) => change({ ...relabelling, plans: { ...relabelling.plans, [label.id]: plan } })}
          />
        ))}
        {relabelling.added.map((label, index) => (
          <NewLabelRow
            key={index}
            label={label}
            onChange={(next) => change({ ...relabelling, added: relabelling.added.map((one, at) => (at === index ? next : one)) })}
            onRemove={() => change({ ...relabelling, added: relabelling.added.filter((_, at) => at !== index) })}
          />
        ))}
        <div>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => change({ ...relabelling, added: [...relabelling.added, { name: '', color: labelColors[(ontology.labels.length + relabelling.added.length) % labelColors.length] ?? '#177475' }] })}
            data-testid="add-new-label"
          >
            <Trans>Add a label</Trans>
          </Button>
        </div>
      </Stack>
      <ProblemAlert error={preview.error ?? apply.error} />
      <div aria-live="polite">{preview.data ? <PreviewView previewed={preview.data} names={nameOf(ontology.labels)} /> : null}</div>
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
        {preview.data ? (
          <Button loading={apply.isPending} onClick={() => preview.data && apply.mutate(preview.data)} data-testid="apply-labels">
            <Trans>Make it the next version</Trans>
          </Button>
        ) : (
          <Button disabled={operations.length === 0} loading={preview.isPending} onClick={() => preview.mutate(operations)} data-testid="preview-labels">
            {t`Preview`}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

const nameOf = (labels: OntologyVersion['ontology']['labels']) => (id: string) => labels.find((label) => label.id === id);

function useRelabelling(client: string, project: string) {
  const queryClient = useQueryClient();
  const preview = useMutation({
    mutationFn: async (operations: readonly LabelOperation[]): Promise<Previewed> => ({
      operations,
      preview: await api.post<LabelPreview>(projectPath(client, project, 'ontology', 'changes', 'preview'), { operations }),
    }),
  });
  const apply = useMutation({
    mutationFn: ({ operations, preview: { baseVersion } }: Previewed) =>
      api.post<LabelsChanged>(projectPath(client, project, 'ontology', 'changes'), { baseVersion, operations }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: projectKey(client, project) }),
  });
  return { preview, apply };
}

function PreviewView({ previewed: { preview }, names }: { previewed: Previewed; names: (id: string) => OntologyVersion['ontology']['labels'][number] | undefined }) {
  const { t } = useLingui();
  const format = useFormat();
  const touched = Object.entries(preview.touched);
  const breaking = preview.changes.some((entry) => entry.breaking);
  return (
    <Alert color="brass" title={t`After version ${preview.baseVersion}`} data-testid="label-preview">
      <Stack gap="xs">
        <OntologyChanges changes={preview.changes} />
        {touched.length === 0 ? (
          <Text size="sm">
            <Trans>No answer is touched.</Trans>
          </Text>
        ) : (
          <List size="sm">
            {touched.map(([id, answers]) => {
              const label = names(id);
              const name = label ? format.name(label) : id;
              return (
                <List.Item key={id}>
                  <Plural value={answers} _0={`No answer uses ${name}`} one={`# answer uses ${name}`} other={`# answers use ${name}`} />
                </List.Item>
              );
            })}
          </List>
        )}
        {breaking ? (
          <Text size="sm">
            <Trans>Merged labels are read as the one they became; retired ones are kept and marked.</Trans>
          </Text>
        ) : null}
      </Stack>
    </Alert>
  );
}

function Applied({ changed, onDone }: { changed: LabelsChanged; onDone: () => void }) {
  const { t } = useLingui();
  return (
    <Alert color="verdigris" title={t`Version ${changed.version} is in force`} data-testid="labels-changed">
      <OntologyChanges changes={changed.changes} />
      <Button mt="sm" size="xs" variant="default" onClick={onDone}>
        <Trans>Done</Trans>
      </Button>
    </Alert>
  );
}
