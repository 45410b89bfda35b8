import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { ClientRef } from '@/api/session';
import type { MyCourse, MyDocument } from '@/api/types';
import { LinkButton } from '@/shared/links';
import { MarkdownView } from '@/shared/MarkdownView';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { useAcceptance } from './useAcceptance';
import type { FirstThing } from './useFirstThings';

/** What the reader has to do before he sees work, each thing ready to be done. */
export function FirstThings({ first }: { first: readonly FirstThing[] }) {
  return first.map((thing) =>
    thing.kind === 'text' ? <TextFirst key={thing.text.document.id} client={thing.client} mine={thing.text} /> : <CourseFirst key={thing.course.id} client={thing.client} course={thing.course} />,
  );
}

function TextFirst({ client, mine }: { client: ClientRef; mine: MyDocument }) {
  const { document } = mine;
  const { version } = document;
  const { accept } = useAcceptance(client.slug, document);
  return (
    <Section title={document.title} subtitle={<Trans>{client.name} shows you its work once you have accepted this text.</Trans>} testId="first-text">
      <Stack gap="md">
        <MarkdownView>{document.body}</MarkdownView>
        <ProblemAlert error={accept.error} />
        <Group justify="flex-end">
          <Button loading={accept.isPending} onClick={() => accept.mutate()} data-testid="first-accept">
            <Trans>I accept version {version}</Trans>
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}

function CourseFirst({ client, course }: { client: ClientRef; course: MyCourse }) {
  const { t } = useLingui();
  const { title, passed, pageCount } = course;
  return (
    <Section title={title} subtitle={<Trans>{client.name} shows you this work once you have finished this course.</Trans>} testId="first-course">
      <Group justify="space-between" wrap="nowrap">
        <Stack gap={4} style={{ flex: 1 }}>
          <Progress value={(100 * passed) / pageCount} aria-label={t`Progress of the course ${title}`} />
          <Text size="sm" c="dimmed">
            <Trans>
              {passed} of {pageCount} pages
            </Trans>
          </Text>
        </Stack>
        <LinkButton to="/work/$client/courses/$course" params={{ client: client.slug, course: course.id }} data-testid="take-course">
          {passed === 0 ? t`Begin the course` : t`Go on with the course`}
        </LinkButton>
      </Group>
    </Section>
  );
}
