import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { openJournal, systemScheduler, type Journal } from '@engines/core';
import { ontologyQuery } from '../queries';
import type { Surroundings } from './annotating';
import { Conveyor, type Line } from './conveyor';
import type { Place } from './desk-api';
import { holdInOneTab } from './tab-lock';

/** What tells that somebody is there. */
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

export interface Running<Job extends { readonly id: number }, Act> {
  readonly conveyor: Conveyor<Job, Act>;
  readonly journal: Journal;
}

/**
 * Runs a conveyor while the page is open. `elsewhere` is true while another tab works in the same place;
 * `workHere` takes the place over.
 */
export function useConveyor<Job extends { readonly id: number }, Act>(
  place: Place,
  lineOf: (place: Place, surroundings: Surroundings) => Line<Job, Act>,
): { running: Running<Job, Act> | undefined; elsewhere: boolean; workHere: () => void } {
  const queryClient = useQueryClient();
  const [running, setRunning] = useState<Running<Job, Act>>();
  const [elsewhere, setElsewhere] = useState(false);
  const [turn, setTurn] = useState(0);
  const { client, project } = place;

  useEffect(() => {
    const ending = new AbortController();
    void (async () => {
      const journal = await openJournal();
      const scheduler = systemScheduler;
      const ontology = async (version: number) =>
        (await queryClient.ensureQueryData(ontologyQuery({ client, project }, version))).ontology;
      const line = lineOf({ client, project }, { journal, scheduler, ontology });
      if (ending.signal.aborted) return;
      const conveyor = new Conveyor(line, journal, scheduler);
      const leave = () => {
        conveyor.close();
        setRunning(undefined);
      };
      const letGo = await holdInOneTab(line.place, turn > 0, () => (leave(), setElsewhere(true)));
      if (ending.signal.aborted) {
        letGo?.();
        return;
      }
      setElsewhere(letGo === undefined);
      if (letGo === undefined) return;
      const online = () => conveyor.retryAll();
      addEventListener('online', online);
      const touch = () => conveyor.touch();
      SIGNS.forEach((sign) => addEventListener(sign, touch, { passive: true, capture: true }));
      ending.signal.addEventListener('abort', () => {
        removeEventListener('online', online);
        SIGNS.forEach((sign) => removeEventListener(sign, touch, { capture: true }));
        leave();
        letGo();
      });
      setRunning({ conveyor, journal });
      await conveyor.open();
    })();
    return () => ending.abort();
  }, [client, project, lineOf, queryClient, turn]);

  const workHere = useCallback(() => setTurn((before) => before + 1), []);
  return { running, elsewhere, workHere };
}
