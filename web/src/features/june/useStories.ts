import { useEffect, useRef, useState } from 'react';
import { ApiError, api, path } from '@/api/client';
import { follow } from '@/api/events';
import { clientsOf, useSession } from '@/api/session';
import type { Page, Project, Schemas } from '@/api/types';
import { grown, type Moment, type Story } from './story';

/** A client is looked at again this long after the last look, when something happened meanwhile. */
const PAUSE_MS = 1500;
/** And without news. */
const IDLE_MS = 6000;

interface Seen {
  moment: Moment;
  names: Record<string, string>;
}

async function look(client: string, project: string): Promise<Seen> {
  const at = (...rest: string[]) => path('clients', client, ...rest);
  const [body, routing, dependence, vendors, closings, checkpoint, outgoing] = await Promise.all([
    api.get<Project>(at('projects', project)),
    api.get<Schemas['Routing']>(at('projects', project, 'routing')),
    api.get<Schemas['VendorConcentration']>(at('vendor-concentration')),
    api.get<Page<Schemas['Vendor']>>(at('vendors')),
    api.get<Schemas['PageClosingView']>(at('walls', 'closings')),
    api.get<string>(at('audit', 'checkpoint')),
    api.get<Page<Schemas['Outgoing']>>(at('audit', 'outgoing')),
  ]);
  const shares = dependence.client.shares as Record<string, number>;
  const greatest = vendors.items.filter((one) => one.kind === 'vendor').sort((a, b) => (shares[b.id] ?? 0) - (shares[a.id] ?? 0))[0];
  const stop = greatest ? await api.get<Schemas['VendorStop']>(at('vendors', greatest.id, 'stop-preview')) : undefined;
  return {
    names: dependence.names as Record<string, string>,
    moment: {
      at: Date.now(),
      shares,
      index: dependence.client.index,
      ...(stop ? { readiness: stop.readiness } : {}),
      tasks: body.progress.tasks,
      done: body.progress.done,
      answers: body.progress.submissions,
      waiting: routing.waiting,
      inWork: routing.inWork,
      entries: Number(checkpoint.split('\n')[1] ?? 0),
      closings: closings.items,
      reported: outgoing.items.some((one) => one.what['what'] === 'exposure report'),
    },
  };
}

/** Follows every client that the viewer audits: server-sent events say when to look, and the ordinary API what there is. */
export function useStories(): readonly Story[] {
  const session = useSession();
  const clients = useRef(clientsOf(session)).current;
  const [stories, setStories] = useState<readonly Story[]>(() => clients.map(({ slug, name }) => ({ slug, name, names: {}, moments: [], left: false })));
  useEffect(() => {
    const change = (slug: string, to: (story: Story) => Story) =>
      setStories((all) => all.map((story) => (story.slug === slug ? to(story) : story)));
    const ends = clients.map(({ slug }) => watch(slug, change));
    return () => ends.forEach((end) => end());
  }, [clients]);
  return stories;
}

function watch(slug: string, change: (slug: string, to: (story: Story) => Story) => void): () => void {
  let over = false;
  let news = true;
  let last = 0;
  let project: string | undefined;
  let end: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const turn = async () => {
    try {
      if (project === undefined) {
        project = (await api.get<Page<Project>>(path('clients', slug, 'projects'))).items[0]?.id;
        if (project !== undefined && !over) {
          end = follow(path('clients', slug, 'projects', project, 'events'), { onNews: () => (news = true), onLive: () => (news = true) });
        }
      }
      if (project !== undefined && (news || Date.now() - last > IDLE_MS)) {
        news = false;
        last = Date.now();
        const seen = await look(slug, project);
        change(slug, (story) => ({ ...story, names: seen.names, moments: grown(story.moments, seen.moment) }));
      }
    } catch (error) {
      if (error instanceof ApiError && error.problem.status === 404) {
        // Whoever is gone is looked at no more.
        end?.();
        change(slug, (story) => ({ ...story, left: true }));
        return;
      }
    }
    if (!over) timer = setTimeout(() => void turn(), PAUSE_MS);
  };
  void turn();
  return () => {
    over = true;
    clearTimeout(timer);
    end?.();
  };
}
