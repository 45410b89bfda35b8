import { msg } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { ActionIcon, Badge, Group, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { MessageDescriptor } from '@lingui/core';
import { useEffect, type ReactNode } from 'react';
import type { Overlay, Proposal } from '@engines/image';
import { chordName } from '../keys/chord-name';
import { AnswerPanel } from '../panel/AnswerPanel';
import { Stage } from '../stage/Stage';
import type { Bench } from '../useBench';
import { ActiveTime } from './ActiveTime';
import { GuidelinesDrawer } from './GuidelinesDrawer';
import { KeysDialog } from './KeysDialog';
import { IconBack, IconBook, IconKeyboard, IconRedo, IconUndo } from '@/design/icons';
import classes from '../desk.module.css';

interface Props {
  bench: Bench;
  title: string;
  /** Test hooks: which screen and which task is in the hand. */
  testId: string;
  task: number;
  /** How many acts the server has confirmed since the page was opened. */
  sent: number;
  status: ReactNode;
  messages: ReactNode;
  overlays: readonly Overlay[];
  /** In place of the bench's own, where drawing means something else for a moment. */
  onProposal?: (proposal: Proposal) => void;
  /** Above and below the answer. */
  before?: ReactNode;
  after?: ReactNode;
  actions: ReactNode;
}

/** The frame of the desk and of review: bar, messages, stage and panel, actions. */
export function BenchFrame(props: Props) {
  const { i18n } = useLingui();
  const { bench, title } = props;
  const { piece, annotation, keys, faults, guidelines } = bench;
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
          {piece.asset.name}
        </span>
        <span className={classes.spring} />
        <Group gap="sm" wrap="nowrap">
          {props.status}
          <ActiveTime piece={piece} />
          <SentCount sent={props.sent} />
        </Group>
        {button(msg`Undo`, 'undo', <IconUndo />, annotation.undo, !annotation.canUndo)}
        {button(msg`Redo`, 'redo', <IconRedo />, annotation.redo, !annotation.canRedo)}
        {button(msg`Instructions`, 'guidelines', <IconBook />, guidelines.toggle)}
        {button(msg`List of keys`, 'keys', <IconKeyboard />, () => bench.setShowingKeys(true))}
      </header>
      <main className={classes.body}>
        <Stage
          piece={piece}
          annotation={annotation}
          keys={keys}
          faulty={faults.shapes}
          overlays={props.overlays}
          readOnly={false}
          canDraw={bench.canDraw}
          onProposal={props.onProposal ?? bench.onProposal}
          onRefused={bench.onRefused}
        />
        <section className={classes.panel} aria-label={i18n._(msg`Answer`)}>
          {/* Here, not above the picture: a message must not move the picture under the hand. */}
          <div className={classes.messages}>{props.messages}</div>
          {props.before}
          <AnswerPanel piece={piece} annotation={annotation} keys={keys} faults={faults} readOnly={false} />
          {props.after}
        </section>
      </main>
      <footer className={classes.actions}>{props.actions}</footer>
      <div className="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
        {bench.said}
      </div>
      <GuidelinesDrawer place={bench.place} version={bench.guidelineVersion} opened={guidelines.opened} onClose={guidelines.close} />
      <KeysDialog opened={bench.showingKeys} onClose={() => bench.setShowingKeys(false)} keys={keys} ontology={annotation.ontology} />
    </div>
  );
}

function SentCount({ sent }: { sent: number }) {
  return sent === 0 ? null : (
    <Badge color="verdigris" data-testid="sent">
      <Plural value={sent} one="# done" other="# done" />
    </Badge>
  );
}
