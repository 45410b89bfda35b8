import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Keys } from '@/features/desk/keys/useKeys';
import { KeyHint } from '@/features/desk/panel/KeyHint';
import type { DecisionName } from './decisions';

interface Props {
  allowed: ReadonlySet<DecisionName>;
  changed: boolean;
  keys: Keys;
  decide: (decision: DecisionName) => void;
}

/** What may be decided here: against the answer at the start of the line, for it at the end. */
export function DecisionButtons({ allowed, changed, keys, decide }: Props) {
  const button = (decision: DecisionName, words: ReactNode, filled = false, command?: string) =>
    allowed.has(decision) ? (
      <Button
        variant={filled ? 'filled' : 'default'}
        onClick={() => decide(decision)}
        rightSection={command === undefined ? undefined : <KeyHint chord={keys.hint(command)} />}
        data-testid={decision}
      >
        {words}
      </Button>
    ) : null;
  return (
    <>
      {button('return', <Trans>Return</Trans>, false, 'return')}
      {button('reject', <Trans>Reject</Trans>)}
      {button('escalate', <Trans>Hand on</Trans>)}
      {button('dismiss', <Trans>Dismiss the appeal</Trans>, false, 'return')}
      <span style={{ flex: 1 }} />
      {button('fix', <Trans>Accept with my corrections</Trans>, changed, 'fix')}
      {button('accept', <Trans>Accept</Trans>, !changed, 'accept')}
      {button('uphold', <Trans>Uphold the appeal</Trans>, true, 'accept')}
    </>
  );
}
