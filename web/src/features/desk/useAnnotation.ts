import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { boxOf, sameBox, sameValue, type Answer, type Box, type Ontology, type Shape, type Value } from '@engines/core';
import type { ImageEngine, ToolName } from '@engines/image';
import { newIdempotencyKey } from '@/api/client';
import type { Piece } from './session/piece';

/**
 * The answer of a piece with the ways to change it, and what the person sees of it (selection, hidden boxes,
 * tool), which is never part of the answer.
 */
export interface Annotation {
  readonly ontology: Ontology;
  readonly answer: Answer;
  readonly selected: Shape | undefined;
  readonly hidden: ReadonlySet<string>;
  /** The label that the next box gets. */
  readonly label: string | undefined;
  readonly tool: ToolName;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly engine: ImageEngine | null;
  readonly attach: (engine: ImageEngine | null) => void;
  readonly select: (id: string | null, reveal?: boolean) => void;
  readonly setTool: (tool: ToolName) => void;
  /** Sets the label of the selected box, or of the next one, which can then be drawn. */
  readonly useLabel: (label: string) => void;
  readonly add: (box: Box) => void;
  readonly place: (id: string, to: Box) => void;
  readonly remove: (id: string) => void;
  readonly relabel: (id: string, label: string) => void;
  readonly setAttribute: (id: string, name: string, value: Value | null) => void;
  readonly setAnswer: (question: string, value: Value | null) => void;
  /** Puts another answer in the place of this one: one step for undo. */
  readonly replace: (to: Answer) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly toggleHidden: (id: string) => void;
  readonly toggleAllHidden: () => void;
}

/** @param locked true where the answer may only be looked at */
export function useAnnotation(piece: Piece, locked = false): Annotation {
  const { log, ontology } = piece;
  const answer = useSyncExternalStore(
    useCallback((listener) => log.subscribe(listener), [log]),
    () => log.answer,
  );
  const [engine, attach] = useState<ImageEngine | null>(null);
  const [label, setLabel] = useState<string>();
  const [tool, setTool] = useState<ToolName>('select');
  const [view, setView] = useState<{ piece: Piece; selected: string | null; hidden: ReadonlySet<string> }>(() => untouched(piece));
  // Another task begins with nothing selected and nothing hidden.
  const now = view.piece === piece ? view : untouched(piece);
  const firstLabel = ontology.labels[0]?.id;
  const nextLabel = ontology.labels.some(({ id }) => id === label) ? label : firstLabel;

  const edits = useMemo(() => (locked ? undefined : editsOf(piece)), [piece, locked]);
  const select = useCallback(
    (id: string | null, reveal = false) => {
      setView((before) => ({ ...(before.piece === piece ? before : untouched(piece)), selected: id }));
      if (reveal) engine?.select(id, true);
    },
    [piece, engine],
  );
  const setHidden = useCallback(
    (hidden: ReadonlySet<string>) =>
      setView((before) => ({ ...(before.piece === piece ? before : untouched(piece)), hidden })),
    [piece],
  );

  useEffect(() => engine?.on('select', ({ id }) => select(id)), [engine, select]);
  useEffect(() => engine?.setTool(tool), [engine, tool]);

  const selected = answer.shapes.find((shape) => shape.id === now.selected);
  const add = (box: Box) => {
    if (nextLabel === undefined || edits === undefined) return;
    const shape: Shape = { id: newIdempotencyKey().slice(0, 12), label: nextLabel, type: 'box', ...box, attributes: {} };
    edits.add(shape);
    setTool('select');
    select(shape.id);
  };
  return {
    ontology,
    answer,
    selected,
    hidden: now.hidden,
    label: nextLabel,
    tool,
    canUndo: log.canUndo && !locked,
    canRedo: log.canRedo && !locked,
    engine,
    attach,
    select,
    setTool,
    useLabel: (id) => {
      setLabel(id);
      if (selected === undefined) setTool('draw');
      else edits?.relabel(selected.id, id);
    },
    add,
    place: (id, to) => edits?.place(id, to),
    remove: (id) => edits?.remove(id),
    relabel: (id, to) => edits?.relabel(id, to),
    setAttribute: (id, name, value) => edits?.setAttribute(id, name, value),
    setAnswer: (question, value) => edits?.setAnswer(question, value),
    replace: (to) => edits?.replace(to),
    undo: () => void (locked || log.undo()),
    redo: () => void (locked || log.redo()),
    toggleHidden: (id) => setHidden(toggled(now.hidden, id)),
    toggleAllHidden: () =>
      setHidden(now.hidden.size > 0 ? new Set<string>() : new Set(answer.shapes.map((shape) => shape.id))),
  };
}

function untouched(piece: Piece) {
  return { piece, selected: null, hidden: new Set<string>() };
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** The operations that a person's wishes become; a wish that changes nothing becomes none. */
function editsOf({ log }: Piece) {
  const find = (id: string) => {
    const index = log.answer.shapes.findIndex((shape) => shape.id === id);
    return { index, shape: log.answer.shapes[index] };
  };
  return {
    add: (shape: Shape) => void log.edit({ kind: 'add', shape, index: log.answer.shapes.length }),
    place: (id: string, to: Box) => {
      const { shape } = find(id);
      if (shape !== undefined && !sameBox(shape, to)) log.edit({ kind: 'move', shape: id, from: boxOf(shape), to });
    },
    remove: (id: string) => {
      const { index, shape } = find(id);
      if (shape !== undefined) log.edit({ kind: 'remove', shape, index });
    },
    relabel: (id: string, label: string) => {
      const { shape } = find(id);
      if (shape !== undefined && shape.label !== label) {
        const from = { label: shape.label, attributes: shape.attributes };
        log.edit({ kind: 'relabel', shape: id, from, to: { label, attributes: {} } });
      }
    },
    setAttribute: (id: string, name: string, to: Value | null) => {
      const from = find(id).shape?.attributes[name];
      if (!sameValue(from, to ?? undefined)) log.edit({ kind: 'attribute', shape: id, name, from: from ?? null, to });
    },
    replace: (to: Answer) => void log.edit({ kind: 'replace', from: log.answer, to }),
    setAnswer: (question: string, to: Value | null) => {
      const from = log.answer.answers[question];
      if (!sameValue(from, to ?? undefined)) log.edit({ kind: 'answer', question, from: from ?? null, to });
    },
  };
}
