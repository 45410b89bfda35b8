import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { AnswerChanges, Merge, Page, TaskDetail, TaskHistory } from '@/api/types';
import { projectKey, projectPath } from '../queries';

const taskKey = (client: string, project: string, task: number) => [...projectKey(client, project), 'tasks', task] as const;

export const taskQuery = (client: string, project: string, task: number) =>
  queryOptions({
    queryKey: taskKey(client, project, task),
    queryFn: ({ signal }) => api.get<TaskDetail>(projectPath(client, project, 'tasks', task), { signal }),
  });

export const historyQuery = (client: string, project: string, task: number) =>
  queryOptions({
    queryKey: [...taskKey(client, project, task), 'history'],
    queryFn: ({ signal }) => api.get<TaskHistory>(projectPath(client, project, 'tasks', task, 'history'), { signal }),
  });

export const mergesQuery = (client: string, project: string, task: number) =>
  queryOptions({
    queryKey: [...taskKey(client, project, task), 'merges'],
    queryFn: ({ signal }) => api.get<Page<Merge>>(projectPath(client, project, 'tasks', task, 'merges'), { signal }),
  });

/** What counts of one answer against another's, or against its author's own words. */
export const changesQuery = (client: string, project: string, submission: number, against: number | undefined) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'tasks', 'changes', submission, against ?? 'own'],
    queryFn: ({ signal }) => api.get<AnswerChanges>(projectPath(client, project, 'submissions', submission, 'changes'), { signal, query: { against } }),
  });
