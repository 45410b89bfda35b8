import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { nameIn } from '@engines/core';
import { ImageEngine, type LabelStyle, type Overlay, type Proposal } from '@engines/image';
import type { ContentLoader } from '../session/content';
import { useContent } from './useContent';
import type { Annotation } from '../useAnnotation';
import classes from '../desk.module.css';

interface Props {
  annotation: Annotation;
  content: ContentLoader;
  faulty: ReadonlySet<string>;
  overlays: readonly Overlay[];
  readOnly: boolean;
  onProposal: (proposal: Proposal) => void;
  onRefused: () => void;
}

const NO_SHAPES: readonly never[] = [];

/** The image engine in React: one engine for all tasks, so that the next one is only another picture for it. */
export function ImageStage({ annotation, content, faulty, overlays, readOnly, onProposal, onRefused }: Props) {
  const { i18n } = useLingui();
  const host = useRef<HTMLDivElement>(null);
  const { attach, engine, ontology, answer, selected, hidden, label } = annotation;
  const loaded = useContent(content);
  const image = loaded.kind === 'image' ? loaded.image : undefined;
  const styles = useMemo(
    () => new Map<string, LabelStyle>(ontology.labels.map((l) => [l.id, { name: nameIn(i18n.locale, l), color: l.color }])),
    [ontology, i18n.locale],
  );

  useLayoutEffect(() => {
    if (host.current === null) return;
    const created = new ImageEngine(host.current);
    attach(created);
    return () => {
      attach(null);
      created.destroy();
    };
  }, [attach]);

  useLayoutEffect(() => engine?.setImage(image), [engine, image]);
  useLayoutEffect(() => engine?.setShapes(image === undefined ? NO_SHAPES : answer.shapes), [engine, image, answer.shapes]);
  useLayoutEffect(() => engine?.select(selected?.id ?? null), [engine, selected?.id]);
  useLayoutEffect(() => engine?.setStyles(styles), [engine, styles]);
  useLayoutEffect(() => engine?.setHidden(hidden), [engine, hidden]);
  useLayoutEffect(() => engine?.setFaulty(faulty), [engine, faulty]);
  useLayoutEffect(() => engine?.setOverlays(overlays), [engine, overlays]);
  useLayoutEffect(() => engine?.setReadOnly(readOnly), [engine, readOnly]);
  const color = ontology.labels.find((l) => l.id === label)?.color;
  useLayoutEffect(() => color === undefined ? undefined : engine?.setDrawColor(color), [engine, color]);
  useEffect(() => engine?.on('change', onProposal), [engine, onProposal]);
  useEffect(() => engine?.on('refused', onRefused), [engine, onRefused]);
  useEffect(() => {
    content.onImproved = () => engine?.imageImproved();
  }, [content, engine]);

  return (
    <div
      ref={host}
      className={classes.canvas}
      tabIndex={0}
      role="application"
      aria-roledescription={i18n._(msg`Image with boxes`)}
      aria-label={i18n._(msg`Picture. Tab goes through the boxes, arrow keys move the selected one; the list beside it holds the same boxes.`)}
      data-canvas=""
      data-testid="canvas"
    />
  );
}
