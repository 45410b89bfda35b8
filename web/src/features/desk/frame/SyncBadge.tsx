import { Plural, Trans } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useCallback, useSyncExternalStore } from 'react';
import type { DraftSync, SyncState } from '@engines/core';

/** Where the work is: with the server, on its way, or on this machine only. */
export function SyncBadge({ sync, durable }: { sync: DraftSync; durable: boolean }) {
  const state = useSyncExternalStore(
    useCallback((listener) => sync.subscribe(listener), [sync]),
    () => sync.state,
  );
  const worry = state.kind === 'offline' || state.kind === 'stopped';
  return (
    <Text
      size="xs"
      component="span"
      role="status"
      c={worry ? 'var(--etalon-mark)' : 'dimmed'}
      fw={worry ? 600 : 400}
      data-testid="sync"
      data-state={state.kind}
    >
      <Words state={state} durable={durable} />
    </Text>
  );
}

function Words({ state, durable }: { state: SyncState; durable: boolean }) {
  switch (state.kind) {
    case 'saved':
      return <Trans>Saved</Trans>;
    case 'saving':
      return <Trans>Saving…</Trans>;
    case 'offline':
      return durable ? (
        <Plural value={state.kept} one="Offline, # change kept here" other="Offline, # changes kept here" />
      ) : (
        <Plural
          value={state.kept}
          one="Offline, # change in this page only: do not close it"
          other="Offline, # changes in this page only: do not close it"
        />
      );
    case 'stopped':
      return <Plural value={state.kept} one="# change kept here only" other="# changes kept here only" />;
  }
}
