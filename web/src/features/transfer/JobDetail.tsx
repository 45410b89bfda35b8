import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, apiUrl } from '@/api/client';
import type { Job } from '@/api/types';
import { IconDownload } from '@/design/icons';
import { projectPath } from '@/features/projects/queries';
import { CopyField } from '@/shared/CopyField';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import { JobProgress } from './JobProgress';
import { JobState } from './JobState';
import { actsOf } from './jobs';
import { jobQuery, jobsKey } from './queries';
import { ReportLines } from './ReportLines';
import { useJobKinds, useLogWords } from './useJobWords';

interface Props {
  client: string;
  project: string;
  id: string;
  mayAct: boolean;
}

/** One job: state, progress, what may be done with it, its report and its log. */
export function JobDetail({ client, project, id, mayAct }: Props) {
  const query = useQuery(jobQuery(client, project, id));
  return (
    <QueryView query={query}>
      {(job) => (
        <Stack gap="lg" data-testid="job" aria-live="polite">
          <Head job={job} />
          {mayAct ? <Acts client={client} project={project} job={job} /> : null}
          {job.failure ? (
            <Alert color="red" title={<Trans>Why it failed</Trans>}>
              {job.failure}
            </Alert>
          ) : null}
          <Report job={job} />
          {mayAct && job.kind === 'import' && job.report ? <ReportLines client={client} project={project} job={job} /> : null}
          <Log job={job} />
        </Stack>
      )}
    </QueryView>
  );
}

function Head({ job }: { job: Job }) {
  const { t } = useLingui();
  const format = useFormat();
  const kinds = useJobKinds();
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Title order={2}>{kinds[job.kind]}</Title>
        <JobState job={job} />
        {job.attempt > 1 ? (
          <Text size="sm" c="dimmed">
            {t`attempt ${job.attempt}`}
          </Text>
        ) : null}
      </Group>
      <Text size="sm" c="dimmed">
        {format.dateTime(job.createdAt)}
      </Text>
      <JobProgress job={job} />
    </Stack>
  );
}

function Acts({ client, project, job }: { client: string; project: string; job: Job }) {
  const queryClient = useQueryClient();
  const act = useMutation({
    mutationFn: (name: 'cancel' | 'resume') => api.post<Job>(projectPath(client, project, 'jobs', job.id, name), {}),
    onSuccess: (after) => {
      queryClient.setQueryData(jobQuery(client, project, job.id).queryKey, after);
      void queryClient.invalidateQueries({ queryKey: jobsKey(client, project) });
    },
  });
  const acts = actsOf(job);
  if (acts.size === 0 && !act.isError) return null;
  return (
    <>
      <Group gap="xs">
        {acts.has('cancel') ? (
          <Button variant="default" loading={act.isPending} onClick={() => act.mutate('cancel')} data-testid="cancel-job">
            <Trans>Cancel</Trans>
          </Button>
        ) : null}
        {acts.has('resume') ? (
          <Button loading={act.isPending} onClick={() => act.mutate('resume')} data-testid="resume-job">
            {job.kind === 'export' ? <Trans>Begin again</Trans> : <Trans>Resume where it stopped</Trans>}
          </Button>
        ) : null}
        {acts.has('download') ? (
          <Button component="a" download href={apiUrl(projectPath(client, project, 'exports', job.id, 'file'))} leftSection={<IconDownload size={16} />} data-testid="download-export">
            <Trans>Download</Trans>
          </Button>
        ) : null}
      </Group>
      <ProblemAlert error={act.error} />
    </>
  );
}

function Report({ job: { report } }: { job: Job }) {
  const { t } = useLingui();
  const format = useFormat();
  if (!report) return null;
  const figures: [string, number | undefined][] = [
    [t`Lines read`, report.lines],
    [t`Accepted`, report.accepted],
    [t`Rejected`, report.rejected],
    [t`Duplicates`, report.duplicate],
    [t`Blank`, report.blank],
    [t`Rows written`, report.rows],
  ];
  return (
    <Stack gap="sm" data-testid="job-report">
      <Title order={3}>
        <Trans>Report</Trans>
      </Title>
      <Group gap="xl" component="dl" m={0}>
        {figures.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name}>
              <Text component="dt" size="sm" c="dimmed">
                {name}
              </Text>
              <Text component="dd" m={0} fw={600} fz="lg" className="tabular">
                {format.number(value)}
              </Text>
            </div>
          ),
        )}
        {report.size === undefined ? null : (
          <div>
            <Text component="dt" size="sm" c="dimmed">
              {t`Size`}
            </Text>
            <Text component="dd" m={0} fw={600} fz="lg" className="tabular">
              {format.bytes(report.size)}
            </Text>
          </div>
        )}
      </Group>
      {report.sha256 === undefined ? null : <CopyField label={t`SHA-256 of the file`} value={report.sha256} />}
    </Stack>
  );
}

function Log({ job }: { job: Job }) {
  const format = useFormat();
  const words = useLogWords();
  if (job.log.length === 0) return null;
  return (
    <Stack gap={4} data-testid="job-log">
      <Title order={3}>
        <Trans>Log</Trans>
      </Title>
      {job.log.map((line, index) => (
        <Text key={`${index} ${line.at}`} size="sm">
          <Text span size="sm" c="dimmed" className="tabular">
            {format.dateTime(line.at)}
          </Text>{' '}
          {words(line.message)}
        </Text>
      ))}
    </Stack>
  );
}
