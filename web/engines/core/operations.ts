/**
 * Edits of an answer as values: each can be applied and inverted.
 *
 * An edit carries the state before and after what it touches, so that its inverse needs no look-up
 * and a log of edits can be replayed from its base on another day.
 */
import type { Answer, Box, Shape, Value, Values } from './model';

/** `null` in `from`/`to` of a value means "not answered". */
export type Edit =
  | { readonly kind: 'add'; readonly shape: Shape; readonly index: number }
  | { readonly kind: 'remove'; readonly shape: Shape; readonly index: number }
  | { readonly kind: 'move'; readonly shape: string; readonly from: Box; readonly to: Box }
  | { readonly kind: 'relabel'; readonly shape: string; readonly from: Labelling; readonly to: Labelling }
  | {
      readonly kind: 'attribute';
      readonly shape: string;
      readonly name: string;
      readonly from: Value | null;
      readonly to: Value | null;
    }
  | { readonly kind: 'answer'; readonly question: string; readonly from: Value | null; readonly to: Value | null }
  | { readonly kind: 'replace'; readonly from: Answer; readonly to: Answer };

/** A label together with the attributes that belong to it: relabelling drops attributes of the old label. */
export interface Labelling {
  readonly label: string;
  readonly attributes: Values;
}

/** Thrown when an edit does not fit the answer it is applied to: the log or the caller is broken. */
export class EditMisfit extends Error {
  constructor(edit: Edit, reason: string) {
    super(`Edit ${edit.kind} does not fit the answer: ${reason}`);
    this.name = 'EditMisfit';
  }
}

/** The answer after the edit. The given answer stays untouched. */
export function apply(answer: Answer, edit: Edit): Answer {
  switch (edit.kind) {
    case 'add':
      return addShape(answer, edit);
    case 'remove':
      return removeShape(answer, edit);
    case 'move':
      return changeShape(answer, edit, edit.shape, (shape) => ({ ...shape, ...edit.to }));
    case 'relabel':
      return changeShape(answer, edit, edit.shape, (shape) => ({ ...shape, ...edit.to }));
    case 'attribute':
      return changeShape(answer, edit, edit.shape, (shape) => ({
        ...shape,
        attributes: withValue(shape.attributes, edit.name, edit.to),
      }));
    case 'answer':
      return { ...answer, answers: withValue(answer.answers, edit.question, edit.to) };
    case 'replace':
      return edit.to;
  }
}

/** The edit that takes `apply(answer, edit)` back to `answer`. */
export function invert(edit: Edit): Edit {
  switch (edit.kind) {
    case 'add':
      return { ...edit, kind: 'remove' };
    case 'remove':
      return { ...edit, kind: 'add' };
    case 'move':
      return { ...edit, from: edit.to, to: edit.from };
    case 'relabel':
      return { ...edit, from: edit.to, to: edit.from };
    case 'attribute':
      return { ...edit, from: edit.to, to: edit.from };
    case 'answer':
      return { ...edit, from: edit.to, to: edit.from };
    case 'replace':
      return { ...edit, from: edit.to, to: edit.from };
  }
}

function addShape(answer: Answer, edit: Edit & { kind: 'add' }): Answer {
  if (answer.shapes.some((shape) => shape.id === edit.shape.id)) {
    throw new EditMisfit(edit, `shape ${edit.shape.id} is already there`);
  }
  const shapes = answer.shapes.slice();
  shapes.splice(Math.min(edit.index, shapes.length), 0, edit.shape);
  return { ...answer, shapes };
}

function removeShape(answer: Answer, edit: Edit & { kind: 'remove' }): Answer {
  const shapes = answer.shapes.filter((shape) => shape.id !== edit.shape.id);
  if (shapes.length === answer.shapes.length) {
    throw new EditMisfit(edit, `shape ${edit.shape.id} is not there`);
  }
  return { ...answer, shapes };
}

function changeShape(answer: Answer, edit: Edit, id: string, change: (shape: Shape) => Shape): Answer {
  const index = answer.shapes.findIndex((shape) => shape.id === id);
  const shape = answer.shapes[index];
  if (shape === undefined) {
    throw new EditMisfit(edit, `shape ${id} is not there`);
  }
  const shapes = answer.shapes.slice();
  shapes[index] = change(shape);
  return { ...answer, shapes };
}

function withValue(values: Values, key: string, value: Value | null): Values {
  if (value !== null) {
    return { ...values, [key]: value };
  }
  const { [key]: _dropped, ...rest } = values;
  return rest;
}
