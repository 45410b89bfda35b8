import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '@/api/client';
import { CopyField } from '@/shared/CopyField';
import { ProblemAlert } from '@/shared/ProblemAlert';
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

/** The newest head is often younger than the last one that a witness signed, which is asked for on demand. */
function Witnesses({ client, text }: { client: string; text: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const head = headOf(text);
  const here = head !== null && head.signers.length > 1;
  const earlier = useQuery({ ...witnessedQuery(client), enabled: false });
  const seen = here ? head : earlier.data ? headOf(earlier.data) : null;
  if (!head) return null;
  if (seen) {
    return (
      <Group gap="xs" data-testid="witnesses">
        <Text size="sm">
          <Trans>
            Cosigned up to entry {format.number(seen.size)} of {format.number(head.size)} by
          </Trans>
        </Text>
        {seen.signers.slice(1).map((name) => (
          <Badge key={name} color="verdigris">
            {name}
          </Badge>
        ))}
      </Group>
    );
  }
  return (
    <Stack gap="xs" align="flex-start" data-testid="witnesses">
      {earlier.data === null ? (
        <Alert color="brass" title={t`No witness has signed yet`} w="100%">
          <Trans>A witness that you run makes it visible if the server ever showed another history.</Trans>
        </Alert>
      ) : (
        <Button size="xs" variant="default" loading={earlier.isFetching} onClick={() => void earlier.refetch()}>
          <Trans>Who cosigned it?</Trans>
        </Button>
      )}
      <ProblemAlert error={earlier.error} />
    </Stack>
  );
}
