import { useLingui } from '@lingui/react/macro';
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '@/api/client';
import { CopyField } from '@/shared/CopyField';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import classes from './audit.module.css';
import { auditKeyQuery, checkpointQuery } from './queries';

/** The log's signed head. Kept elsewhere, it proves later that nothing before it has changed. */
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
            {key.data ? <CopyField label={t`Verifier key`} value={key.data.trim()} /> : null}
          </Stack>
        )}
      </QueryView>
    </Section>
  );
}
