import { Trans, useLingui } from '@lingui/react/macro';
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { auditKeyQuery } from '@/features/audit/queries';
import { CopyField } from '@/shared/CopyField';
import { Section } from '@/shared/Section';

/** How whoever receives a release checks it without us. */
export function VerifySection({ client }: { client: string }) {
  const { t } = useLingui();
  const key = useQuery(auditKeyQuery(client));
  return (
    <Section title={t`How to verify`} testId="verify">
      <Stack gap="sm">
        <Text size="sm" maw={720}>
          <Trans>
            Whoever receives the archive can check it offline: every file against the manifest, every answer and view against the signed
            audit log. Compare the key below with the one that reached you another way.
          </Trans>
        </Text>
        <CopyField label={t`Command`} value="etalon verify release.zip" />
        {key.data ? <CopyField label={t`Verifier key of this audit log`} value={key.data.trim()} testId="verifier-key" /> : null}
      </Stack>
    </Section>
  );
}
