import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Checkbox, Fieldset, Group, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api, ApiError, path } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Course, CourseBody } from '@/api/types';
import { IconTrash } from '@/design/icons';
import { workforcesQuery } from '@/features/clients/queries';
import { projectsQuery } from '@/features/projects/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';

interface Question {
  text: string;
  options: string[];
  right: number[];
}

interface CoursePageDraft {
  title: string;
  body: string;
  questions: Question[];
}

const EMPTY: CoursePageDraft = { title: '', body: '', questions: [] };

function draftOf(course: Course | undefined): CoursePageDraft[] {
  if (!course) return [EMPTY];
  return course.pages.map(({ title, body, questions }) => ({
    title: title ?? '',
    body: body ?? '',
    questions: (questions ?? []).map((one) => ({ text: one.text ?? '', options: [...(one.options ?? [])], right: [...(one.right ?? [])] })),
  }));
}

function replaced<T>(list: readonly T[], at: number, item: T): T[] {
  return list.map((one, index) => (index === at ? item : one));
}

function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, index) => index !== at);
}

/** A course being written; what is saved is another version. */
export function CourseForm({ client, course, onDone }: { client: string; course: Course | undefined; onDone: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const requester = holds(useSession(), client, 'requester');
  const projects = useQuery(projectsQuery(client)).data ?? [];
  const teams = useQuery({ ...workforcesQuery(client), enabled: requester }).data ?? [];
  const [title, setTitle] = useState(course?.title ?? '');
  const [project, setProject] = useState<string | null>(course?.project ?? null);
  const [workforce, setWorkforce] = useState<string | null>(course?.workforce ?? null);
  const [pages, setPages] = useState(() => draftOf(course));
  const [retake, setRetake] = useState(true);
  const save = useMutation({
    mutationFn: (inForce: boolean) => {
      const body: CourseBody = { title, pages, inForce, retake, ...(project ? { project } : {}), ...(workforce ? { workforce } : {}) };
      return course ? api.put<Course>(path('clients', client, 'courses', course.id), body) : api.post<Course>(path('clients', client, 'courses'), body);
    },
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['clients', client, 'courses'] });
      onDone();
    },
  });
  const fault = (pointer: string) => (save.error instanceof ApiError ? save.error.faultsAt(pointer)[0] : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(true);
  };
  return (
    <form onSubmit={submit} data-testid="course-form">
      <Stack gap="sm">
        <TextInput label={t`Title`} required withAsterisk={false} value={title} onChange={(e) => setTitle(e.currentTarget.value)} error={fault('/title')} />
        <Group grow align="flex-start">
          <Select label={t`Before the work of`} placeholder={t`Every project`} searchable clearable={!course} disabled={course !== undefined} data={projects.map(({ id, name }) => ({ value: id, label: name }))} value={project} onChange={setProject} error={fault('/project')} data-testid="course-project" />
          {requester ? (
            <Select label={t`For whom`} placeholder={t`Everybody at work`} searchable clearable={!course} disabled={course !== undefined} data={teams.map(({ id, name }) => ({ value: id, label: name }))} value={workforce} onChange={setWorkforce} error={fault('/workforce')} />
          ) : null}
        </Group>
        {pages.map((page, index) => (
          <PageFields
            key={index}
            number={index + 1}
            page={page}
            fault={(pointer) => fault(`/pages/${index}${pointer}`)}
            onChange={(next) => setPages(replaced(pages, index, next))}
            onRemove={pages.length > 1 ? () => setPages(without(pages, index)) : undefined}
          />
        ))}
        <Group>
          <Button variant="default" size="xs" onClick={() => setPages([...pages, EMPTY])} data-testid="add-page">
            <Trans>Add a page</Trans>
          </Button>
        </Group>
        {course ? (
          <Switch label={t`Who finished an older version takes this one, too`} checked={retake} onChange={(e) => setRetake(e.currentTarget.checked)} data-testid="course-retake" />
        ) : null}
        <Text size="sm" c="dimmed">
          <Trans>Nobody whom it concerns is shown this work, or its entry exam, before he has finished the course.</Trans>
        </Text>
        <ProblemAlert error={save.error} hideFaults />
        <Group justify="flex-end" gap="xs">
          {course?.inForce ? (
            <Button variant="default" loading={save.isPending} onClick={() => save.mutate(false)}>
              <Trans context="text">Switch it off</Trans>
            </Button>
          ) : null}
          <Button type="submit" loading={save.isPending} data-testid="course-save">
            <Trans>Ask for it</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface PageProps {
  number: number;
  page: CoursePageDraft;
  fault: (pointer: string) => string | undefined;
  onChange: (page: CoursePageDraft) => void;
  onRemove: (() => void) | undefined;
}

function PageFields({ number, page, fault, onChange, onRemove }: PageProps) {
  const { t } = useLingui();
  return (
    <Fieldset legend={t`Page ${number}`}>
      <Stack gap="sm">
        <TextInput label={t`Heading`} required withAsterisk={false} value={page.title} onChange={(e) => onChange({ ...page, title: e.currentTarget.value })} error={fault('/title')} />
        <Textarea label={t`Text`} description={t`In Markdown.`} autosize minRows={4} maxRows={16} required withAsterisk={false} value={page.body} onChange={(e) => onChange({ ...page, body: e.currentTarget.value })} error={fault('/body')} />
        {page.questions.map((question, index) => (
          <QuestionFields
            key={index}
            question={question}
            fault={(pointer) => fault(`/questions/${index}${pointer}`)}
            onChange={(next) => onChange({ ...page, questions: replaced(page.questions, index, next) })}
            onRemove={() => onChange({ ...page, questions: without(page.questions, index) })}
          />
        ))}
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={() => onChange({ ...page, questions: [...page.questions, { text: '', options: ['', ''], right: [] }] })} data-testid="add-question">
            <Trans>Add a question</Trans>
          </Button>
          {onRemove ? (
            <Button variant="subtle" color="red" size="xs" aria-label={t`Remove page ${number}`} onClick={onRemove}>
              <Trans>Remove the page</Trans>
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Fieldset>
  );
}

interface QuestionProps {
  question: Question;
  fault: (pointer: string) => string | undefined;
  onChange: (question: Question) => void;
  onRemove: () => void;
}

function QuestionFields({ question, fault, onChange, onRemove }: QuestionProps) {
  const { t } = useLingui();
  const { text, options, right } = question;
  const toggle = (index: number) => onChange({ ...question, right: right.includes(index) ? right.filter((one) => one !== index) : [...right, index].sort((a, b) => a - b) });
  // The numbers of the right options move with what is taken away before them.
  const removeOption = (at: number) => onChange({ ...question, options: without(options, at), right: right.filter((one) => one !== at).map((one) => (one > at ? one - 1 : one)) });
  return (
    <Stack gap="xs" pl="md">
      <TextInput label={t`Question`} required withAsterisk={false} value={text} onChange={(e) => onChange({ ...question, text: e.currentTarget.value })} error={fault('/text')} />
      {options.map((option, index) => (
        <Group key={index} gap="xs" wrap="nowrap">
          <Checkbox aria-label={t`Answer ${index + 1} is right`} checked={right.includes(index)} onChange={() => toggle(index)} />
          <TextInput flex={1} aria-label={t`Answer ${index + 1}`} value={option} onChange={(e) => onChange({ ...question, options: replaced(options, index, e.currentTarget.value) })} error={fault(`/options/${index}`)} />
          <ActionIcon variant="subtle" color="gray" disabled={options.length < 3} aria-label={t`Remove answer ${index + 1}`} onClick={() => removeOption(index)}>
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Text size="xs" c={fault('/right') || fault('/options') ? 'red' : 'dimmed'}>
        {fault('/right') ?? fault('/options') ?? t`Mark what is right.`}
      </Text>
      <Group gap="xs">
        <Button variant="default" size="compact-xs" onClick={() => onChange({ ...question, options: [...options, ''] })}>
          <Trans>Add an answer</Trans>
        </Button>
        <Button variant="subtle" color="red" size="compact-xs" onClick={onRemove}>
          <Trans>Remove the question</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
