import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { useLayoutEffect, useRef } from 'react';
import { TextViewer } from '@engines/text';
import type { ContentLoader } from '../session/content';
import { useContent } from './useContent';
import classes from '../desk.module.css';

/** A text of any length; only what is near the view is in the document. */
export function TextStage({ content }: { content: ContentLoader }) {
  const { i18n } = useLingui();
  const host = useRef<HTMLDivElement>(null);
  const viewer = useRef<TextViewer>(null);
  const loaded = useContent(content);
  const text = loaded.kind === 'text' ? loaded.text : undefined;

  useLayoutEffect(() => {
    if (host.current === null) return;
    viewer.current = new TextViewer(host.current);
    return () => viewer.current?.destroy();
  }, []);
  useLayoutEffect(() => viewer.current?.show(text ?? ''), [text]);

  return (
    <div
      ref={host}
      className={classes.text}
      tabIndex={0}
      role="region"
      aria-label={i18n._(msg`Text of the task`)}
      data-testid="text"
    />
  );
}
