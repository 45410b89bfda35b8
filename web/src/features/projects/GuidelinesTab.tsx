import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, api } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Guidelines } from '@/api/types';
import { UnclearCount } from '@/features/workflow/SkipsSection';
import { LinkAnchor } from '@/shared/links';
import { MarkdownView } from '@/shared/MarkdownView';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { MarkdownEditor } from './MarkdownEditor';
import { guidelinesQuery, projectKey, projectPath, projectQuery } from './queries';
import { useProjectParams } from './useProjectParams';
import { VersionSection } from './VersionSection';

export function GuidelinesTab() {
  const { t } = useLingui();
  const { client, project } = useProjectParams();
  const session = useSession();
  const requester = holds(session, client, 'requester');
  const readsSkips = holds(session, client, 'requester', 'quality_lead');
  const newest = useQuery(projectQuery(client, project)).data?.guidelineVersion ?? 0;
  const [version, setVersion] = useState<number>();
  const [editing, setEditing] = useState(false);
  const guidelines = useQuery(guidelinesQuery(client, project, editing ? undefined : version));
  if (guidelines.error instanceof ApiError && guidelines.error.status === 404) {
    const none: Guidelines = { version: 0, createdAt: '', markdown: '' };
    return requester ? <EditGuidelines client={client} project={project} base={none} onDone={() => setEditing(false)} /> : <Text c="dimmed">{t`No guidelines yet.`}</Text>;
  }
  return (
    <QueryView query={guidelines}>
      {(data) =>
        editing ? (
          <EditGuidelines key={data.version} client={client} project={project} base={data} onDone={() => setEditing(false)} />
        ) : (
          <VersionSection
            shown={data}
            versions={Array.from({ length: newest }, (_, n) => ({ version: newest - n }))}
            onChoose={setVersion}
            onEdit={requester && (version ?? newest) === newest ? () => setEditing(true) : undefined}
            editTestId="edit-guidelines"
          >
            {readsSkips ? (
              <Text size="sm" c="dimmed" mb="sm">
                <UnclearCount client={client} project={project} />{' '}
                <LinkAnchor size="sm" to="/clients/$client/projects/$project/review" params={{ client, project }}>
                  <Trans>Read why</Trans>
                </LinkAnchor>
              </Text>
            ) : null}
            {data.markdown.trim() ? <MarkdownView>{data.markdown}</MarkdownView> : <Text c="dimmed" size="sm">{t`Nothing is written yet.`}</Text>}
          </VersionSection>
        )
      }
    </QueryView>
  );
}

interface EditProps {
  client: string;
  project: string;
  base: Guidelines;
  onDone: () => void;
}

function EditGuidelines({ client, project, base, onDone }: EditProps) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [markdown, setMarkdown] = useState(base.markdown);
  const save = useMutation({
    mutationFn: () => api.post<Guidelines>(projectPath(client, project, 'guidelines'), { baseVersion: base.version, markdown }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: projectKey(client, project) });
      onDone();
    },
  });
  return (
    <Section title={t`New version of the guidelines`}>
      <MarkdownEditor value={markdown} onChange={setMarkdown} error={save.error instanceof ApiError ? save.error.faultsAt('/markdown')[0] : undefined} />
      <ProblemAlert error={save.error} hideFaults />
      <Group justify="flex-end" mt="md">
        {base.version > 0 ? (
          <Button variant="default" onClick={onDone}>
            <Trans>Cancel</Trans>
          </Button>
        ) : null}
        <Button loading={save.isPending} disabled={markdown === base.markdown || !markdown.trim()} onClick={() => save.mutate()} data-testid="save-guidelines">
          <Trans>Save as a new version</Trans>
        </Button>
      </Group>
    </Section>
  );
}
