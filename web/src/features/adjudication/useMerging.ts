import { useEffect, useState } from 'react';
import type { Ontology } from '@engines/core';
import { ApiError } from '@/api/client';
import type { Adjudication } from '@/api/types';
import type { Place } from '@/features/desk/session/desk-api';
import { adjudications } from './adjudications';
import { MERGES } from '@/api/leaving';
import { begin, type Merging, type Side } from './merge';

/** What is taken over outlives a reload: it stands in the tab's own store until it is handed in. */
export function useMerging(held: Adjudication, ontology: Ontology, sides: readonly Side[]) {
  const key = `${MERGES}${held.id}`;
  const [merging, setMerging] = useState<Merging>(() => stored(key) ?? begin(ontology, sides));
  useEffect(() => {
    try {
      sessionStorage.setItem(key, JSON.stringify(merging));
    } catch {
      // A full or forbidden store: the page itself still has it.
    }
  }, [key, merging]);
  return { merging, setMerging, forget: () => sessionStorage.removeItem(key) };
}

function stored(key: string): Merging | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as Merging);
  } catch {
    return undefined;
  }
}

/** Keeps the task while the page is open; true once somebody else may have it. */
export function useHold(place: Place, held: Adjudication): boolean {
  const [lost, setLost] = useState(false);
  const { client, project } = place;
  useEffect(() => {
    const timer = setInterval(() => {
      adjudications.beat({ client, project }, held).catch((error: unknown) => {
        if (error instanceof ApiError && (error.status === 409 || error.status === 404)) {
          clearInterval(timer);
          setLost(true);
        }
      });
    }, Math.max(1, held.heartbeatSeconds) * 1000);
    return () => clearInterval(timer);
  }, [client, project, held]);
  return lost;
}
