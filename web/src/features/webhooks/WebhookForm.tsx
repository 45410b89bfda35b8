import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '@/api/client';
import type { WebhookMade } from '@/api/types';
import { CopyField } from '@/shared/CopyField';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ShownOnce } from '@/shared/ShownOnce';
import { webhookPath, webhooksKey } from './queries';
import { useWebhookWords } from './useWebhookWords';

/** Enters a program; then shows what it verifies with. */
export function WebhookForm({ client, onDone }: { client: string; onDone: () => void }) {
  const { t } = useLingui();
  const words = useWebhookWords();
  const queryClient = useQueryClient();
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [kinds, setKinds] = useState<string[]>([]);
  const [signing, setSigning] = useState('ed25519');
  const make = useMutation({
    mutationFn: () => api.post<WebhookMade>(webhookPath(client), { url: url.trim(), description: description.trim(), kinds, signing }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: webhooksKey(client) }),
  });
  if (make.data) return <Verification made={make.data} onDone={onDone} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="webhook-form">
      <Stack gap="sm">
        <TextInput label={t`Address`} placeholder="https://example.org/etalon" required withAsterisk={false} data-autofocus value={url} onChange={(e) => setUrl(e.currentTarget.value)} />
        <TextInput label={t`What it is for`} maxLength={200} value={description} onChange={(e) => setDescription(e.currentTarget.value)} />
        <MultiSelect label={t`What it is told`} data={words.choices} value={kinds} onChange={setKinds} searchable clearable data-testid="webhook-kinds" />
        <Select
          label={t`How messages are signed`}
          allowDeselect={false}
          data={[
            { value: 'ed25519', label: t`Public key (Ed25519): the receiver holds no secret` },
            { value: 'hmac-sha256', label: t`Shared secret (HMAC-SHA-256)` },
          ]}
          value={signing}
          onChange={(value) => setSigning(value ?? 'ed25519')}
        />
        <ProblemAlert error={make.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending} disabled={kinds.length === 0 || url.trim() === ''} data-testid="webhook-make">
            <Trans>Enter it</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What the receiver needs: a secret that is told once, or a public key that can be read again. */
export function Verification({ made, onDone }: { made: WebhookMade; onDone: () => void }) {
  const { t } = useLingui();
  if (made.secret) {
    return (
      <ShownOnce title={t`Copy it now`} label={t`Shared secret`} value={made.secret} testId="webhook-secret" onDone={onDone}>
        <Trans>The secret is shown this once. Give it to the receiver, which verifies messages with it.</Trans>
      </ShownOnce>
    );
  }
  return (
    <Stack gap="sm">
      <CopyField label={t`Public key`} value={made.endpoint.publicKey ?? ''} testId="webhook-public-key" />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone} data-testid="webhook-done">
          <Trans>Done</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
