import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { ActionIcon, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { MessageDescriptor } from '@lingui/core';
import { useEffect, type ReactNode } from 'react';
import { chordName } from '../keys/chord-name';
import type { Keys } from '../keys/useKeys';
import { IconBack, IconBook, IconKeyboard, IconRedo, IconUndo } from '../stage/icons';
import type { Annotation } from '../useAnnotation';
import classes from '../desk.module.css';

interface Props {
  title: string;
  asset: string;
  /** Test hooks: which screen and which task is in the hand. */
  testId: string;
  task: number;
  annotation: Annotation;
  keys: Keys;
  status: ReactNode;
  messages: ReactNode;
  stage: ReactNode;
  panel: ReactNode;
  actions: ReactNode;
  said: string;
  onGuidelines: () => void;
  onKeys: () => void;
}

/** The frame of the desk and of review: bar, messages, stage and panel, actions. */
export function BenchFrame(props: Props) {
  const { i18n } = useLingui();
  const { title, asset, annotation, keys, status } = props;
  useEffect(() => {
    document.title = `${title} · Etalon`;
  }, [title]);

  const button = (name: MessageDescriptor, command: string, icon: ReactNode, press: () => void, disabled = false) => {
    const chord = keys.hint(command);
    const words = i18n._(name);
    return (
      <Tooltip label={chord === undefined ? words : `${words} (${chordName(i18n, chord)})`}>
        <ActionIcon variant="subtle" color="gray" size={34} onClick={press} disabled={disabled} aria-label={words} data-testid={command}>
          {icon}
        </ActionIcon>
      </Tooltip>
    );
  };

  return (
    <div className={classes.desk} data-testid={props.testId} data-task={props.task}>
      <header className={classes.bar}>
        <Tooltip label={<Trans>Back to my work</Trans>}>
          <ActionIcon
            component={Link}
            to="/work"
            variant="subtle"
            color="gray"
            size={34}
            aria-label={i18n._(msg`Back to my work`)}
            data-testid="leave"
          >
            <IconBack />
          </ActionIcon>
        </Tooltip>
        <h1 className={classes.title} style={{ margin: 0 }}>
          {title}
        </h1>
        <span className={classes.asset} data-testid="asset-name">
          {asset}
        </span>
        <span className={classes.spring} />
        {status}
        {button(msg`Undo`, 'undo', <IconUndo />, annotation.undo, !annotation.canUndo)}
        {button(msg`Redo`, 'redo', <IconRedo />, annotation.redo, !annotation.canRedo)}
        {button(msg`Instructions`, 'guidelines', <IconBook />, props.onGuidelines)}
        {button(msg`List of keys`, 'keys', <IconKeyboard />, props.onKeys)}
      </header>
      <main className={classes.body}>
        {props.stage}
        <aside className={classes.panel} aria-label={i18n._(msg`Answer`)}>
          {/* Here, not above the picture: a message must not move the picture under the hand. */}
          <div className={classes.messages}>{props.messages}</div>
          {props.panel}
        </aside>
      </main>
      <footer className={classes.actions}>{props.actions}</footer>
      <div className="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
        {props.said}
      </div>
    </div>
  );
}
