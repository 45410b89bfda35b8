import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError } from '@/api/client';
import { DeletionTable } from '@/features/queue/DeletionTable';
import { deletionsQuery } from '@/features/queue/queries';
import { useDeletion, type Previewed } from '@/features/queue/useDeletion';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';

/** Deletes assets by their names, with their tasks; what was deleted can be brought back for thirty days. */
export function DeleteAssets({ client, project }: { client: string; project: string }) {
  const { t } = useLingui();
  const [name, setName] = useState('');
  const deletions = useQuery(deletionsQuery(client, project));
  const ofAssets = (deletions.data ?? []).filter(({ scope }) => scope === 'assets');
  const { preview, run, reset } = useDeletion(client, project, ({ assets }) => {
    setName('');
    notify(t`${plural(assets, { one: 'Deleted # asset', other: 'Deleted # assets' })}`);
  });
  const look = () => preview.mutate({ assets: { name: name.trim() } });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look();
  };
  const problem = preview.error instanceof ApiError ? preview.error : null;
  return (
    <Section
      title={t`Delete assets`}
      testId="delete-assets"
      subtitle={<Trans>Deleted assets go with their tasks and answers, and open under no address. For thirty days they can be brought back; then their bytes are removed. Releases keep their own.</Trans>}
    >
      <Stack gap="md">
        <form onSubmit={submit}>
          <Group align="flex-end" gap="sm">
            <TextInput
              w={320}
              label={t`Name, * for anything`}
              placeholder={t`scan-*.png`}
              value={name}
              error={problem?.faultsAt('/assets/name')[0]}
              onChange={(event) => {
                setName(event.currentTarget.value);
                reset();
              }}
            />
            <Button type="submit" variant="default" disabled={name.trim() === ''} loading={preview.isPending} data-testid="preview-asset-deletion">
              <Trans>Preview</Trans>
            </Button>
          </Group>
        </form>
        <ProblemAlert error={preview.error} hideFaults />
        <div aria-live="polite">{preview.data ? <Preview previewed={preview.data} running={run.isPending} onRun={() => preview.data && run.mutate(preview.data)} /> : null}</div>
        <ProblemAlert error={run.error} {...(preview.data ? { onRetry: look } : {})} />
        {ofAssets.length > 0 ? <DeletionTable client={client} project={project} items={ofAssets} mayUndo /> : null}
      </Stack>
    </Section>
  );
}

function Preview({ previewed, running, onRun }: { previewed: Previewed; running: boolean; onRun: () => void }) {
  const { assets, tasks, answers, inWork } = previewed.found;
  if (assets === 0) {
    return (
      <Alert color="gray" data-testid="asset-deletion-preview">
        <Trans>No asset has such a name.</Trans>
      </Alert>
    );
  }
  return (
    <Alert color="red" data-testid="asset-deletion-preview" title={<Plural value={assets} one="# asset would be deleted" other="# assets would be deleted" />}>
      <Group justify="space-between">
        <Text size="sm">
          <Plural value={tasks} _0="No tasks go with them." one="# task goes with them." other="# tasks go with them." />{' '}
          <Plural value={answers} _0="No answers go with them." one="# answer goes with them." other="# answers go with them." />{' '}
          <Plural value={inWork} _0="Nobody has one in hand." one="# of them is in somebody's hands." other="# of them are in somebody's hands." />
        </Text>
        <Button color="red" loading={running} onClick={onRun} data-testid="run-asset-deletion">
          <Plural value={assets} one="Delete # asset" other="Delete # assets" />
        </Button>
      </Group>
    </Alert>
  );
}
