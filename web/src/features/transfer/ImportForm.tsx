import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Code, FileInput, Group, Input, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Job } from '@/api/types';
import { projectQuery } from '@/features/projects/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useFormat } from '@/shared/useFormat';
import { formatOfName } from './jobs';
import { uploadImport } from './upload';

const TEXT_ROW = '{"text": "…", "name": "note-17", "priority": 5}';
const IMAGE_ROW = '{"sha256": "…", "priority": 5}';

/** Chooses a file of rows and sends it; the import itself runs on the server. */
export function ImportForm({ client, project, onStarted }: { client: string; project: string; onStarted: (job: Job) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const kind = useQuery(projectQuery(client, project)).data?.kind;
  const [file, setFile] = useState<File | null>(null);
  const [rows, setRows] = useState<'jsonl' | 'csv'>('jsonl');
  const [sent, setSent] = useState(0);
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => () => leaving.current?.abort(), []);
  const send = useMutation({
    mutationFn: (chosen: File) => {
      leaving.current = new AbortController();
      setSent(0);
      return uploadImport(client, project, { file: chosen, format: rows }, setSent, leaving.current.signal);
    },
    onSuccess: onStarted,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file) send.mutate(file);
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setRows(formatOfName(chosen?.name ?? '') ?? rows);
    send.reset();
  };
  const total = file?.size ?? 0;
  return (
    <form onSubmit={submit} data-testid="import-form">
      <Stack gap="md">
        <Text size="sm">
          {kind === 'text' ? (
            <Trans>
              One row a task: <Code>text</Code>, or <Code>asset</Code> or <Code>sha256</Code> of a text that is there; <Code>name</Code> and <Code>priority</Code> if wanted. Other members are kept beside the text.
            </Trans>
          ) : (
            <Trans>
              One row a task: <Code>asset</Code> or <Code>sha256</Code> of an image that is uploaded; <Code>priority</Code> if wanted.
            </Trans>
          )}
        </Text>
        <Code block>{kind === 'text' ? TEXT_ROW : IMAGE_ROW}</Code>
        <FileInput
          label={t`File`}
          placeholder={t`Choose a file`}
          clearable
          clearButtonProps={{ 'aria-label': t`Clear` }}
          value={file}
          onChange={choose}
          accept=".jsonl,.ndjson,.json,.csv,.tsv,.txt"
          styles={{ placeholder: { color: 'var(--mantine-color-dimmed)' } }}
          data-testid="import-file"
        />
        <Input.Wrapper label={t`Format`}>
          <div>
            <SegmentedControl
              aria-label={t`Format`}
              value={rows}
              onChange={(value) => setRows(value as 'jsonl' | 'csv')}
              data={[
                { value: 'jsonl', label: t`JSON lines` },
                { value: 'csv', label: t`Table (CSV, TSV)` },
              ]}
            />
          </div>
        </Input.Wrapper>
        {send.isPending ? (
          <div aria-live="polite">
            <Progress value={total === 0 ? 100 : (100 * sent) / total} size="sm" aria-label={t`Upload`} />
            <Text size="xs" c="dimmed" mt={3}>
              {t`${format.bytes(sent)} of ${format.bytes(total)} sent; the page must stay open until all is there.`}
            </Text>
          </div>
        ) : null}
        {send.error instanceof DOMException ? null : <ProblemAlert error={send.error} />}
        <Group justify="flex-end">
          {send.isPending ? (
            <Button variant="default" onClick={() => leaving.current?.abort()}>
              <Trans>Cancel</Trans>
            </Button>
          ) : null}
          <Button type="submit" disabled={file === null} loading={send.isPending} data-testid="start-import">
            <Trans>Import</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
