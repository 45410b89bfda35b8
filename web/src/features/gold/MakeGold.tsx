import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, NumberInput, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { NewGold, TaskDetail } from '@/api/types';
import { projectPath } from '@/features/projects/queries';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { goldKey, goldQuery } from './queries';

interface Props {
  client: string;
  project: string;
  detail: TaskDetail;
}

const REVIEWED = 'reviewed';

/** Makes a task gold with the answer that a reviewer took as good, or with one of the answers that is known to be right. */
export function MakeGold({ client, project, detail }: Props) {
  const [open, { toggle, close }] = useDisclosure(false);
  const gold = useQuery(goldQuery(client, project)).data?.find((item) => item.task === detail.id && item.retired === undefined);
  if (gold) {
    return (
      <Text size="sm" c="dimmed" mt="md" data-testid="is-gold">
        <Trans>
          This task is gold no. {gold.id}. The quality page lists and retires it.
        </Trans>
      </Text>
    );
  }
  if (detail.submissionList.length === 0) return null;
  return (
    <Stack gap="sm" mt="lg">
      <Group>
        <Button size="compact-sm" variant="default" aria-expanded={open} onClick={toggle} data-testid="make-gold">
          <Trans>Make gold</Trans>
        </Button>
      </Group>
      {open ? <GoldForm client={client} project={project} detail={detail} onDone={close} /> : null}
    </Stack>
  );
}

function GoldForm({ client, project, detail, onDone }: Props & { onDone: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const reviewed = detail.submissionList.some(({ state }) => state === 'accepted' || state === 'fixed');
  const [source, setSource] = useState(reviewed ? REVIEWED : String(detail.submissionList[0]?.id));
  const [category, setCategory] = useState('');
  const [difficulty, setDifficulty] = useState<number | string>(3);
  const [feedback, setFeedback] = useState('');
  const make = useMutation({
    mutationFn: () => {
      const answer = detail.submissionList.find(({ id }) => String(id) === source)?.answer;
      const item: NewGold = {
        task: detail.id,
        difficulty: Number(difficulty),
        ...(source === REVIEWED || answer === undefined ? {} : { answer }),
        ...(category.trim() === '' ? {} : { category: category.trim() }),
        ...(feedback.trim() === '' ? {} : { feedback: feedback.trim() }),
      };
      return api.post<{ id: number }>(projectPath(client, project, 'gold'), item);
    },
    onSuccess: async () => {
      notify(t`The task is gold`);
      await queryClient.invalidateQueries({ queryKey: goldKey(client, project) });
      onDone();
    },
  });
  const problem = make.error instanceof ApiError ? make.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  const sources = detail.submissionList.map((one) => ({ value: String(one.id), label: t`the answer of ${one.annotator}` }));
  return (
    <form onSubmit={submit} data-testid="gold-form">
      <Stack gap="sm">
        <Select
          label={t`What is right`}
          allowDeselect={false}
          data={reviewed ? [{ value: REVIEWED, label: t`what a reviewer took as good` }, ...sources] : sources}
          value={source}
          error={problem?.faultsAt('/answer')[0]}
          onChange={(chosen) => chosen && setSource(chosen)}
        />
        <Group grow align="flex-start">
          <TextInput label={t`Class`} description={t`Gold is balanced over classes. Empty: what the answer says first.`} maxLength={100} value={category} error={problem?.faultsAt('/category')[0]} onChange={(event) => setCategory(event.currentTarget.value)} />
          <NumberInput label={t`Difficulty`} description={t`From 1, easy, to 5, hard.`} min={1} max={5} allowDecimal={false} value={difficulty} error={problem?.faultsAt('/difficulty')[0]} onChange={setDifficulty} />
        </Group>
        <Textarea label={t`What an annotator is told`} description={t`Only where the policy gives feedback.`} autosize minRows={2} maxLength={2000} value={feedback} error={problem?.faultsAt('/feedback')[0]} onChange={(event) => setFeedback(event.currentTarget.value)} />
        <Alert color="gray">
          <Trans>Only who has not answered this task can be measured by it.</Trans>
        </Alert>
        <ProblemAlert error={make.error} hideFaults />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending} data-testid="gold-make">
            <Trans>Make gold</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
