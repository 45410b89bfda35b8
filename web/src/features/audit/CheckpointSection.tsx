import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '@/api/client';
import { CopyField } from '@/shared/CopyField';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import classes from './audit.module.css';
import { headOf } from './note';
import { auditKeyQuery, checkpointQuery, witnessedQuery } from './queries';

/** The log's signed head, with who else has signed it. Kept elsewhere, it proves later that nothing before it has changed. */
export function CheckpointSection({ client }: { client: string }) {
  const { t } = useLingui();
  const checkpoint = useQuery(checkpointQuery(client));
  const key = useQuery(auditKeyQuery(client));
  // A log without entries has no head yet.
  if (checkpoint.error instanceof ApiError && checkpoint.error.status === 404) return null;
  return (
    <Section title={t`Checkpoint`} subtitle={t`The signed head of the log. Keep a copy elsewhere: it proves that nothing before it was changed.`}>
      <QueryView query={checkpoint}>
        {(text) => (
          <Stack gap="sm">
            <pre className={classes['checkpoint']} data-testid="checkpoint">
              {text}
            </pre>
            <Witnesses client={client} text={text} />
            {key.data ? <CopyField label={t`Verifier key`} value={key.data.trim()} /> : null}
          </Stack>
        )}
      </QueryView>
    </Section>
  );
}

function Witnesses({ client, text }: { client: string; text: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const witnessed = useQuery(witnessedQuery(client));
  const head = headOf(text);
  const seen = witnessed.data ? headOf(witnessed.data) : null;
  const witnesses = seen?.signers.slice(1) ?? [];
  if (witnessed.isPending || !head) return null;
  if (!seen || witnesses.length === 0) {
    return (
      <Alert color="brass" title={t`No witness has signed yet`} data-testid="witnesses">
        <Trans>A witness that you run makes it visible if the server ever showed another history.</Trans>
      </Alert>
    );
  }
  return (
    <Group gap="xs" data-testid="witnesses">
      <Text size="sm">
        <Trans>
          Cosigned up to entry {format.number(seen.size)} of {format.number(head.size)} by
        </Trans>
      </Text>
      {witnesses.map((name) => (
        <Badge key={name} color="verdigris">
          {name}
        </Badge>
      ))}
    </Group>
  );
}
