import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { LabelOperation, LabelPreview, LabelsChanged, Ontology, OntologyVersion } from '@/api/types';
import { labelColors } from '@/design/tokens';
import { IconPlus } from '@/design/icons';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { projectKey, projectPath } from '../queries';
import { LabelPlanRow } from './LabelPlanRow';
import { NewLabelRow } from './NewLabelRow';
import { OntologyChanges } from './OntologyChanges';
import { OptionPlans } from './OptionPlans';
import { askedQuestions, KEPT, operationsOf, targetsFor, UNCHANGED, type Relabelling } from './relabelling';
import { UsedList } from './UsedList';

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

/** Labels and options added, renamed, merged and retired while work goes on: first what it touches, then in one step. */
export function LabelChanges({ client, project, base, onDone }: Props) {
  const { t } = useLingui();
  const { ontology } = base;
  const [relabelling, setRelabelling] = useState<Relabelling>(UNCHANGED);
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
        <Trans>Answers stay as they were given. Leases that are out finish under the version they began with.</Trans>
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
        {ontology.labels.length > 0 ? <AddLabel onAdd={() => change({ ...relabelling, added: [...relabelling.added, { name: '', color: nextColor(ontology.labels.length + relabelling.added.length) }] })} /> : null}
      </Stack>
      {askedQuestions(ontology).map((asked) => (
        <OptionPlans key={asked.key} asked={asked} relabelling={relabelling} onChange={change} />
      ))}
      <ProblemAlert error={preview.error ?? apply.error} />
      <div aria-live="polite">{preview.data ? <PreviewView previewed={preview.data} ontology={ontology} /> : null}</div>
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

const nextColor = (count: number) => labelColors[count % labelColors.length] ?? '#177475';

function AddLabel({ onAdd }: { onAdd: () => void }) {
  return (
    <div>
      <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={onAdd} data-testid="add-new-label">
        <Trans>Add a label</Trans>
      </Button>
    </div>
  );
}

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

function PreviewView({ previewed: { preview }, ontology }: { previewed: Previewed; ontology: Ontology }) {
  const { t } = useLingui();
  const breaking = preview.changes.some((entry) => entry.breaking);
  return (
    <Alert color="brass" title={t`After version ${preview.baseVersion}`} data-testid="label-preview">
      <Stack gap="xs">
        <OntologyChanges changes={preview.changes} />
        {Object.keys(preview.touched).length === 0 ? (
          <Text size="sm">
            <Trans>No answer is touched.</Trans>
          </Text>
        ) : (
          <UsedList ontology={ontology} used={preview.touched} />
        )}
        {breaking ? (
          <Text size="sm">
            <Trans>What is merged is read as what it became. What is retired stays in its answers and is marked there; results leave it aside and say so.</Trans>
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
