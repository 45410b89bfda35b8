import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Code, FileInput, Group, List, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { goldKey, importGold } from './queries';

const ROW = '{"task": 17, "answer": {…}, "category": "cat", "difficulty": 3, "feedback": "…"}';

/** Gold from a file of JSON lines; each line that is refused is told with its reason. */
export function GoldImportForm({ client, project }: { client: string; project: string }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const send = useMutation({
    mutationFn: (chosen: File) => importGold(client, project, chosen),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: goldKey(client, project) }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file) send.mutate(file);
  };
  return (
    <form onSubmit={submit} data-testid="gold-import">
      <Stack gap="sm">
        <Text size="sm">
          <Trans>
            One object a line. Only <Code>task</Code> is needed: without <Code>answer</Code>, what a reviewer took as good is right.
          </Trans>
        </Text>
        <Code block>{ROW}</Code>
        <Group align="flex-end">
          <FileInput
            label={t`File`}
            placeholder={t`Choose a file`}
            clearable
            clearButtonProps={{ 'aria-label': t`Clear` }}
            accept=".jsonl,.ndjson,.json,.txt"
            miw={260}
            value={file}
            onChange={(chosen) => {
              setFile(chosen);
              send.reset();
            }}
            styles={{ placeholder: { color: 'var(--mantine-color-dimmed)' } }}
          />
          <Button type="submit" variant="default" disabled={file === null} loading={send.isPending}>
            <Trans>Import</Trans>
          </Button>
        </Group>
        <ProblemAlert error={send.error} />
        {send.data ? (
          <Alert color={send.data.refused.length === 0 ? 'verdigris' : 'brass'} title={<Plural value={send.data.accepted} one="# line accepted" other="# lines accepted" />}>
            {send.data.refused.length === 0 ? null : (
              <List size="sm">
                {send.data.refused.map(({ line, reason }) => (
                  <List.Item key={line}>
                    <Trans>
                      Line {line}: {reason}
                    </Trans>
                  </List.Item>
                ))}
              </List>
            )}
          </Alert>
        ) : null}
      </Stack>
    </form>
  );
}
