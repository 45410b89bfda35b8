import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Checkbox, Group, Progress, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { api, ApiError, path } from '@/api/client';
import { clientsOf, useSession } from '@/api/session';
import type { CourseOutcome, MyCourse } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { LinkButton } from '@/shared/links';
import { MarkdownView } from '@/shared/MarkdownView';
import { Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { myCoursesQuery } from './queries';

type Asked = MyCourse['pages'][number]['questions'][number];

/** A course as it is taken: page by page, each with its questions. */
export function CoursePage() {
  const { client, course } = useParams({ from: '/signed-in/shell/work/$client/courses/$course' });
  const clientName = clientsOf(useSession()).find(({ slug }) => slug === client)?.name ?? client;
  const query = useQuery({ ...myCoursesQuery(client), refetchOnMount: 'always' });
  return (
    <QueryView query={query}>
      {(items) => {
        const mine = items.find(({ id }) => id === course);
        return (
          <Page title={mine?.title ?? ''} crumb={clientName} width={760}>
            {mine ? <Course key={mine.version} client={client} course={mine} /> : <NotThere />}
          </Page>
        );
      }}
    </QueryView>
  );
}

function NotThere() {
  const { t } = useLingui();
  return (
    <EmptyState title={t`There is no such course for you`}>
      <LinkButton to="/work" variant="default">
        <Trans>My work</Trans>
      </LinkButton>
    </EmptyState>
  );
}

function Course({ client, course }: { client: string; course: MyCourse }) {
  const { t } = useLingui();
  const last = Math.min(course.passed, course.pages.length - 1);
  const [back, setBack] = useState<number>();
  // Without a page that is looked at again: the next one, wherever it has come to.
  const shown = back ?? last;
  const page = course.pages[shown];
  if (!page) return null;
  const { pageCount } = course;
  return (
    <Stack gap="md">
      <Progress value={course.finished ? 100 : (100 * course.passed) / pageCount} aria-label={t`Progress of the course ${course.title}`} />
      {course.finished ? (
        <Group justify="space-between" data-testid="course-finished">
          <Text fw={550}>
            <Trans>You have finished this course.</Trans>
          </Text>
          <LinkButton to="/work">
            <Trans>My work</Trans>
          </LinkButton>
        </Group>
      ) : null}
      <Section title={page.title} subtitle={t`Page ${shown + 1} of ${pageCount}`} testId="course-page">
        <Stack gap="lg">
          <MarkdownView>{page.body}</MarkdownView>
          {shown === course.passed && !course.finished ? <Answers key={shown} client={client} course={course} questions={page.questions} /> : null}
        </Stack>
      </Section>
      {course.pages.length > 1 ? (
        <Group justify="space-between">
          <Button variant="default" disabled={shown === 0} onClick={() => setBack(shown - 1)}>
            <Trans>Page before</Trans>
          </Button>
          <Button variant="default" disabled={shown >= last} onClick={() => setBack(shown + 1 === last ? undefined : shown + 1)}>
            <Trans>Page after</Trans>
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

function Answers({ client, course, questions }: { client: string; course: MyCourse; questions: readonly Asked[] }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [given, setGiven] = useState<number[][]>(questions.map(() => []));
  const [wrong, setWrong] = useState<readonly number[]>([]);
  const answer = useMutation({
    mutationFn: () =>
      api.post<CourseOutcome>(path('clients', client, 'courses', course.id, 'pages', course.passed + 1, 'answers'), {
        version: course.version,
        answers: given,
      }),
    onSuccess: (outcome) => {
      setWrong(outcome.wrong);
      if (!outcome.passed) return;
      void queryClient.invalidateQueries({ queryKey: ['clients', client] });
      void queryClient.invalidateQueries({ queryKey: ['work'] });
    },
    onError: (error) => {
      // Another version, or a page that was passed in another window: what is next stands in the list.
      if (error instanceof ApiError && error.code === 'course-stale') void queryClient.invalidateQueries({ queryKey: myCoursesQuery(client).queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    answer.mutate();
  };
  const choose = (question: number, options: number[]) => {
    setWrong(wrong.filter((one) => one !== question));
    setGiven(given.map((one, index) => (index === question ? options : one)));
  };
  return (
    <form onSubmit={submit} data-testid="course-answers">
      <Stack gap="lg">
        {questions.map((question, index) => (
          <Question key={index} question={question} given={given[index] ?? []} error={wrong.includes(index) ? t`Not yet right. Read the page again.` : undefined} onChange={(options) => choose(index, options)} />
        ))}
        <ProblemAlert error={answer.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={answer.isPending} disabled={given.some((one) => one.length === 0)} data-testid="course-next">
            {course.passed + 1 === course.pageCount ? t`Finish the course` : t`Go on`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface QuestionProps {
  question: Asked;
  given: readonly number[];
  error: string | undefined;
  onChange: (options: number[]) => void;
}

function Question({ question, given, error, onChange }: QuestionProps) {
  const { t } = useLingui();
  const { text, options, several } = question;
  return several ? (
    <Checkbox.Group label={text} description={t`More than one is right.`} error={error} value={given.map(String)} onChange={(values) => onChange(values.map(Number).sort((a, b) => a - b))}>
      <Stack gap={6} mt={6}>
        {options.map((option, index) => (
          <Checkbox key={option} value={String(index)} label={option} />
        ))}
      </Stack>
    </Checkbox.Group>
  ) : (
    <Radio.Group label={text} error={error} value={given[0] === undefined ? null : String(given[0])} onChange={(value) => onChange([Number(value)])}>
      <Stack gap={6} mt={6}>
        {options.map((option, index) => (
          <Radio key={option} value={String(index)} label={option} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
