import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api, ApiError, path } from '@/api/client';
import type { Document, DocumentBody, Workforce } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { EmptyState } from '@/shared/EmptyState';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { documentsQuery } from './queries';

interface Props {
  client: string;
  workforces: readonly Workforce[];
  /** A manager sets texts for his own workforce alone. */
  fixedWorkforce: string | undefined;
}

/** The texts that people have to accept before they see work. */
export function DocumentsSection({ client, workforces, fixedWorkforce }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const documents = useQuery(documentsQuery(client));
  const [writing, setWriting] = useState<Document | 'new' | null>(null);
  const close = () => setWriting(null);
  const forWhom = (document: Document) => workforces.find(({ id }) => id === document.workforce)?.name ?? t`Everybody at work`;
  const mayChange = (document: Document) => fixedWorkforce === undefined || document.workforce === fixedWorkforce;
  return (
    <Section
      title={t`Texts to accept`}
      subtitle={t`Consent, secrecy and the like: nobody is shown or given work before he has accepted the newest version.`}
      actions={
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setWriting('new')} data-testid="new-document">
          <Trans>New text</Trans>
        </Button>
      }
      testId="documents"
    >
      <QueryView query={documents}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t`No text yet`}>
              <Trans>Without one, people begin to work as soon as they have joined.</Trans>
            </EmptyState>
          ) : (
            <Stack gap="sm">
              {items.map((document) => (
                <Group key={document.id} justify="space-between">
                  <div>
                    <Group gap="xs">
                      <Text size="sm" fw={550}>
                        {document.title}
                      </Text>
                      <Badge color={document.inForce ? 'verdigris' : 'gray'}>{document.inForce ? t`In force` : t({ message: 'Switched off', context: 'text' })}</Badge>
                    </Group>
                    <Text size="xs" c="dimmed">
                      <Trans>
                        {forWhom(document)} · version {document.version} of {format.dateTime(document.setAt)}
                      </Trans>
                    </Text>
                  </div>
                  {mayChange(document) ? (
                    <Button size="xs" variant="default" aria-label={t`Change: ${document.title}`} onClick={() => setWriting(document)}>
                      <Trans>Change</Trans>
                    </Button>
                  ) : null}
                </Group>
              ))}
            </Stack>
          )
        }
      </QueryView>
      <Modal opened={writing !== null} onClose={close} size="lg" title={writing === 'new' ? t`New text` : t`Change the text`} closeButtonProps={{ 'aria-label': t`Close` }}>
        {writing ? <Form client={client} document={writing === 'new' ? undefined : writing} workforces={workforces} fixedWorkforce={fixedWorkforce} onDone={close} /> : null}
      </Modal>
    </Section>
  );
}

function Form({ client, document, workforces, fixedWorkforce, onDone }: Props & { document: Document | undefined; onDone: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [kind, setKind] = useState(document?.kind ?? 'consent');
  const [workforce, setWorkforce] = useState<string>(document?.workforce ?? fixedWorkforce ?? '');
  const [title, setTitle] = useState(document?.title ?? '');
  const [body, setBody] = useState(document?.body ?? '');
  const save = useMutation({
    mutationFn: (inForce: boolean) => {
      const text: DocumentBody = { kind, title, body, inForce, ...(workforce ? { workforce } : {}) };
      return document ? api.put<Document>(path('clients', client, 'documents', document.id), text) : api.post<Document>(path('clients', client, 'documents'), text);
    },
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: documentsQuery(client).queryKey });
      void queryClient.invalidateQueries({ queryKey: ['clients', client, 'standings'] });
      onDone();
    },
  });
  const fault = (pointer: string) => (save.error instanceof ApiError ? save.error.faultsAt(pointer)[0] : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(true);
  };
  return (
    <form onSubmit={submit} data-testid="document-form">
      <Stack gap="sm">
        <Group grow align="flex-start">
          <Select
            label={t`Kind`}
            allowDeselect={false}
            disabled={document !== undefined}
            data={[
              { value: 'consent', label: t`Consent` },
              { value: 'nda', label: t`Secrecy (NDA)` },
              { value: 'other', label: t`Other` },
            ]}
            value={kind}
            onChange={(value) => value && setKind(value)}
          />
          <Select
            label={t`For whom`}
            allowDeselect={false}
            disabled={fixedWorkforce !== undefined}
            data={[{ value: '', label: t`Everybody at work` }, ...workforces.map(({ id, name }) => ({ value: id, label: name }))]}
            value={workforce}
            onChange={(value) => setWorkforce(value ?? '')}
            error={fault('/workforce')}
          />
        </Group>
        <TextInput label={t`Title`} required withAsterisk={false} value={title} onChange={(e) => setTitle(e.currentTarget.value)} error={fault('/title')} />
        <Textarea label={t`Text`} description={t`In Markdown.`} autosize minRows={8} maxRows={20} required withAsterisk={false} value={body} onChange={(e) => setBody(e.currentTarget.value)} error={fault('/body')} />
        <Text size="sm" c="dimmed">
          <Trans>Everybody whom it concerns has to accept this version before the work goes on.</Trans>
        </Text>
        <ProblemAlert error={save.error} hideFaults />
        <Group justify="flex-end" gap="xs">
          {document?.inForce ? (
            <Button variant="default" loading={save.isPending} onClick={() => save.mutate(false)}>
              <Trans context="text">Switch it off</Trans>
            </Button>
          ) : null}
          <Button type="submit" loading={save.isPending} data-testid="document-save">
            <Trans>Ask for it</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
