import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Course, CourseProgress, Document, Licence, MyCourse, MyDocument, PersonStanding, SelfDescription } from '@/api/types';
import { readAll } from '@/shared/usePages';

/** The texts that the reader has to accept at a client, and what he said to each. */
export const myDocumentsQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'documents', 'mine'],
    queryFn: ({ signal }) => api.get<{ items: MyDocument[] }>(path('clients', client, 'documents', 'mine'), { signal }).then(({ items }) => items),
  });

export const documentsQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'documents'],
    queryFn: ({ signal }) => api.get<{ items: Document[] }>(path('clients', client, 'documents'), { signal }).then(({ items }) => items),
  });

export const myLicencesQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'licences', 'mine'],
    queryFn: ({ signal }) => api.get<{ items: Licence[] }>(path('clients', client, 'licences', 'mine'), { signal }).then(({ items }) => items),
  });

export const licencesQuery = (client: string, person: string) =>
  queryOptions({
    queryKey: ['clients', client, 'people', person, 'licences'],
    queryFn: ({ signal }) => api.get<{ items: Licence[] }>(path('clients', client, 'people', person, 'licences'), { signal }).then(({ items }) => items),
  });

export const standingsQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'standings'],
    queryFn: ({ signal }) => readAll<PersonStanding>(path('clients', client, 'standings'), signal),
  });

export const descriptionQuery = queryOptions({
  queryKey: ['me', 'description'],
  queryFn: ({ signal }) => api.get<SelfDescription>('/me/description', { signal }),
});

/** The courses that the reader has to finish at a client, with the pages up to the next one. */
export const myCoursesQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'courses', 'mine'],
    queryFn: ({ signal }) => api.get<{ items: MyCourse[] }>(path('clients', client, 'courses', 'mine'), { signal }).then(({ items }) => items),
  });

export const coursesQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'courses', 'all'],
    queryFn: ({ signal }) => api.get<{ items: Course[] }>(path('clients', client, 'courses'), { signal }).then(({ items }) => items),
  });

export const courseProgressQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'courses', 'progress'],
    queryFn: ({ signal }) => readAll<CourseProgress>(path('clients', client, 'courses', 'progress'), signal),
  });
