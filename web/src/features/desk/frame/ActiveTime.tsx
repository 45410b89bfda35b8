import { Trans } from '@lingui/react/macro';
import { Text, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Piece } from '../session/piece';

/** The counted time of a task, with the rule beside it. It only counts while somebody works on it. */
export function ActiveTime({ piece }: { piece: Piece }) {
  const [seconds, setSeconds] = useState(piece.clock.seconds);
  useEffect(() => {
    const show = () => setSeconds(piece.clock.seconds);
    show();
    const timer = setInterval(show, 1_000);
    return () => clearInterval(timer);
  }, [piece]);
  const whole = Math.floor(seconds);
  const clock = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
  return (
    <Tooltip label={<Trans>Counted time on this task. It pauses after 30 seconds without a key or a pointer move.</Trans>} multiline w={260}>
      <Text size="xs" c="dimmed" className="tabular" component="span" tabIndex={0} data-testid="active-time">
        {clock}
      </Text>
    </Tooltip>
  );
}

/** Signs of life on the page start and stop the clock of the piece in the hand. */
export function useActivity(piece: Piece | undefined): void {
  useEffect(() => {
    if (piece === undefined) return;
    const { clock } = piece;
    let last = 0;
    const touch = () => {
      const now = performance.now();
      if (now - last > 250 && document.visibilityState === 'visible') {
        last = now;
        clock.touch();
      }
    };
    const visibility = () => {
      if (document.visibilityState === 'visible') clock.touch();
      else {
        clock.pause();
        void piece.sync.syncNow();
      }
    };
    const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;
    signs.forEach((sign) => addEventListener(sign, touch, { passive: true, capture: true }));
    document.addEventListener('visibilitychange', visibility);
    visibility();
    return () => {
      signs.forEach((sign) => removeEventListener(sign, touch, { capture: true }));
      document.removeEventListener('visibilitychange', visibility);
      clock.pause();
    };
  }, [piece]);
}
