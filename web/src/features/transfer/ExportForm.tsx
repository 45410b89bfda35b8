import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Input, Radio, SegmentedControl, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '@/api/client';
import type { Job, Method, NewExport } from '@/api/types';
import { projectPath } from '@/features/projects/queries';
import { MethodSelect } from '@/features/quality/MethodSelect';
import { ProblemAlert } from '@/shared/ProblemAlert';

type Format = 'jsonl' | 'csv' | 'parquet';

export function ExportForm({ client, project, onStarted }: { client: string; project: string; onStarted: (job: Job) => void }) {
  const { t } = useLingui();
  const [what, setWhat] = useState<'answers' | 'consensus'>('answers');
  const [format, setFormat] = useState<Format>('jsonl');
  const [method, setMethod] = useState<Method>('dawid_skene');
  const start = useMutation({
    mutationFn: () =>
      api.post<Job>(projectPath(client, project, 'exports'), { what, format, ...(what === 'consensus' ? { method } : {}) } satisfies NewExport),
    onSuccess: onStarted,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="export-form">
      <Stack gap="md">
        <Radio.Group label={t`What`} value={what} onChange={(value) => setWhat(value as 'answers' | 'consensus')}>
          <Stack gap="xs" mt="xs">
            <Radio value="answers" label={t`Answers`} description={t`Each answer: who gave it, when, on what, and how it stands.`} />
            <Radio value="consensus" label={t`Consensus`} description={t`What the answers amount to, task by task, with its probability.`} />
          </Stack>
        </Radio.Group>
        {what === 'consensus' ? <MethodSelect label={t`Consensus by`} value={method} onChange={setMethod} explained /> : null}
        <Input.Wrapper label={t`Format`}>
          <div>
            <SegmentedControl
              aria-label={t`Format`}
              value={format}
              onChange={(value) => setFormat(value as Format)}
              data={[
                { value: 'jsonl', label: t`JSON lines` },
                { value: 'csv', label: t`CSV` },
                { value: 'parquet', label: t`Parquet` },
              ]}
            />
          </div>
        </Input.Wrapper>
        <ProblemAlert error={start.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={start.isPending} data-testid="start-export">
            <Trans>Export</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
