import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import type { MessageDescriptor } from '@lingui/core';
import { ActionIcon, Tooltip } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { chordName } from '../keys/chord-name';
import type { Keys } from '../keys/useKeys';
import type { Annotation } from '../useAnnotation';
import classes from '../desk.module.css';
import { useFormat } from '@/shared/useFormat';
import { IconDraw, IconFit, IconHand, IconMinus, IconPlus, IconPointer } from '@/design/icons';

/** The tools of the picture, with their keys, and how large it is shown. */
export function StageTools({ annotation, keys, canDraw }: { annotation: Annotation; keys: Keys; canDraw: boolean }) {
  const { i18n } = useLingui();
  const format = useFormat();
  const { engine, tool, setTool } = annotation;
  const [percent, setPercent] = useState(100);
  useEffect(() => engine?.on('viewchange', ({ view }) => setPercent(Math.round(view.scale * 100))), [engine]);

  const button = (name: MessageDescriptor, command: string, icon: ReactNode, press: () => void, pressed?: boolean) => {
    const chord = keys.hint(command);
    const words = i18n._(name);
    return (
      <Tooltip label={chord === undefined ? words : `${words} (${chordName(i18n, chord)})`} position="right">
        <ActionIcon
          variant={pressed === true ? 'filled' : 'default'}
          size={34}
          onClick={press}
          aria-label={words}
          {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
          data-testid={`tool-${command}`}
        >
          {icon}
        </ActionIcon>
      </Tooltip>
    );
  };

  return (
    <div className={classes.tools} role="toolbar" aria-orientation="vertical" aria-label={i18n._(msg`Tools`)}>
      {canDraw ? button(msg`Select and move`, 'select', <IconPointer />, () => setTool('select'), tool === 'select') : null}
      {canDraw ? button(msg`Draw a box`, 'draw', <IconDraw />, () => setTool('draw'), tool === 'draw') : null}
      {button(
        msg`Move the picture (hold the space bar)`,
        'pan',
        <IconHand />,
        () => setTool(tool === 'pan' ? 'select' : 'pan'),
        tool === 'pan',
      )}
      {button(msg`Zoom in`, 'zoom-in', <IconPlus />, () => engine?.zoomBy(1.25))}
      {button(msg`Zoom out`, 'zoom-out', <IconMinus />, () => engine?.zoomBy(0.8))}
      {button(msg`Whole image`, 'fit', <IconFit />, () => engine?.zoomToFit())}
      <button
        type="button"
        className={classes.percent}
        onClick={() => engine?.zoomToFullSize()}
        aria-label={i18n._(msg`${percent}%: show at 100%`)}
        data-testid="zoom"
      >
        {format.percent(percent / 100, 0)}
      </button>
    </div>
  );
}
