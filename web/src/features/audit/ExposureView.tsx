import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Code, Group, Select, Stack, TagsInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { API_BASE, path } from '@/api/client';
import { holds, useSession } from '@/api/session';
import { workforcesQuery } from '@/features/clients/queries';
import { IconDownload } from '@/design/icons';
import { Section } from '@/shared/Section';

const NONE: readonly never[] = [];

/** Everything that a workforce, or single people, did and met, as a file that is checked offline. */
export function ExposureView({ client }: { client: string }) {
  const { t } = useLingui();
  const mayList = holds(useSession(), client, 'requester', 'workforce_manager');
  const workforces = useQuery({ ...workforcesQuery(client), enabled: mayList }).data ?? NONE;
  const [workforce, setWorkforce] = useState<string | null>(null);
  const [people, setPeople] = useState<string[]>([]);
  const query = new URLSearchParams([...(workforce ? [['workforce', workforce]] : []), ...people.map((person) => ['person', person])]);
  const ready = workforce !== null || people.length > 0;
  return (
    <Section title={t`Exposure report`} subtitle={t`When a workforce must go: everything that its people did and met, complete against the log's signed head.`} testId="exposure">
      <Stack gap="md" maw={640}>
        {mayList ? (
          <Select label={t`Workforce`} clearable searchable data={workforces.map(({ id, name }) => ({ value: id, label: name }))} value={workforce} onChange={setWorkforce} />
        ) : null}
        <TagsInput label={t`People by their pseudonyms`} description={t`Those whom no grant in the log binds to a workforce. Enter ends each.`} value={people} onChange={setPeople} />
        <Group>
          {ready ? (
            <Button component="a" href={`${API_BASE}${path('clients', client, 'audit', 'exposure')}?${query}`} download="exposure.zip" leftSection={<IconDownload size={16} />} data-testid="exposure-download">
              <Trans>Download the report</Trans>
            </Button>
          ) : (
            <Button disabled leftSection={<IconDownload size={16} />}>
              <Trans>Download the report</Trans>
            </Button>
          )}
        </Group>
        <Alert color="brass" title={t`The download is logged`}>
          <Text size="sm">
            <Trans>
              Check it offline with the log's verifier key: <Code>etalon verify exposure.zip --key log-key.txt</Code>
            </Trans>
          </Text>
        </Alert>
      </Stack>
    </Section>
  );
}
