import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { holds, useSession } from '@/api/session';
import type { Course, CourseProgress } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { workforcesQuery } from '@/features/clients/queries';
import { projectsQuery } from '@/features/projects/queries';
import { DataTable } from '@/shared/DataTable';
import { EmptyState } from '@/shared/EmptyState';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { CourseForm } from './CourseForm';
import { courseProgressQuery, coursesQuery } from './queries';

/** The courses that people take before they see work, and how far they came. */
export function CoursesSection({ client }: { client: string }) {
  const { t } = useLingui();
  const session = useSession();
  const writes = holds(session, client, 'requester', 'quality_lead');
  const [writing, setWriting] = useState<Course | 'new' | null>(null);
  const close = () => setWriting(null);
  return (
    <Section
      title={t`Courses`}
      subtitle={t`Pages to read and questions to answer right, before the entry exam and before any work of a project or a workforce.`}
      actions={
        writes ? (
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setWriting('new')} data-testid="new-course">
            <Trans>New course</Trans>
          </Button>
        ) : null
      }
      testId="courses"
    >
      <Stack gap="md">
        {writes ? <Written client={client} onChange={setWriting} /> : null}
        <ProgressTable client={client} />
      </Stack>
      <Modal opened={writing !== null} onClose={close} size="xl" title={writing === 'new' ? t`New course` : t`Change the course`} closeButtonProps={{ 'aria-label': t`Close` }}>
        {writing ? <CourseForm client={client} course={writing === 'new' ? undefined : writing} onDone={close} /> : null}
      </Modal>
    </Section>
  );
}

function Written({ client, onChange }: { client: string; onChange: (course: Course) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const courses = useQuery(coursesQuery(client));
  const projects = useQuery(projectsQuery(client)).data ?? [];
  const requester = holds(useSession(), client, 'requester');
  const teams = useQuery({ ...workforcesQuery(client), enabled: requester }).data ?? [];
  const forWhom = ({ project, workforce }: Course) =>
    [projects.find(({ id }) => id === project)?.name, teams.find(({ id }) => id === workforce)?.name ?? (workforce ? t`One workforce` : undefined)].filter((name) => name !== undefined).join(' · ');
  return (
    <QueryView query={courses}>
      {(items) =>
        items.length === 0 ? (
          <EmptyState title={t`No course yet`}>
            <Trans>Without one, people begin with the exam or the work itself.</Trans>
          </EmptyState>
        ) : (
          <Stack gap="sm">
            {items.map((course) => (
              <Group key={course.id} justify="space-between">
                <div>
                  <Group gap="xs">
                    <Text size="sm" fw={550}>
                      {course.title}
                    </Text>
                    <Badge color={course.inForce ? 'verdigris' : 'gray'}>{course.inForce ? t`In force` : t({ message: 'Switched off', context: 'text' })}</Badge>
                  </Group>
                  <Text size="xs" c="dimmed">
                    <Trans>
                      {forWhom(course)} · version {course.version} of {format.dateTime(course.setAt)}
                    </Trans>
                  </Text>
                </div>
                <Button size="xs" variant="default" aria-label={t`Change: ${course.title}`} onClick={() => onChange(course)}>
                  <Trans>Change</Trans>
                </Button>
              </Group>
            ))}
          </Stack>
        )
      }
    </QueryView>
  );
}

function ProgressTable({ client }: { client: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const progress = useQuery(courseProgressQuery(client));
  return (
    <QueryView query={progress}>
      {(items) =>
        items.length === 0 ? null : (
          <DataTable
            testId="course-progress"
            caption={t`How far people came`}
            items={items}
            keyOf={({ course, person }) => `${course} ${person}`}
            columns={[
              { name: t`Name`, cell: ({ name }) => name },
              { name: t`Course`, cell: ({ title }) => title },
              { name: t`State`, cell: (one) => <State one={one} /> },
              { name: t`Pages`, cell: ({ passed, pageCount }) => `${format.number(passed)} / ${format.number(pageCount)}`, end: true },
              { name: t`Wrong tries`, cell: ({ wrongTries }) => format.number(wrongTries), end: true },
              { name: t`Finished`, cell: ({ finishedAt }) => (finishedAt ? format.dateTime(finishedAt) : '–') },
            ]}
          />
        )
      }
    </QueryView>
  );
}

function State({ one }: { one: CourseProgress }) {
  const { t } = useLingui();
  const words: Record<string, [string, string]> = {
    finished: ['verdigris', t({ message: 'Finished', context: 'course' })],
    outdated: ['brass', t({ message: 'Finished an older version', context: 'course' })],
    begun: ['gray', t({ message: 'Begun', context: 'course' })],
    missing: ['red', t({ message: 'Not begun', context: 'course' })],
  };
  const [color, text] = words[one.state] ?? ['gray', one.state];
  return (
    <Badge color={color} miw="max-content">
      {text}
    </Badge>
  );
}
