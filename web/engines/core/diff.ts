/** The difference between two answers, in the form of the API's `Diff`. */
import { sameBox, sameValue, sameValues, type Answer, type Shape, type Value } from './model';

export type ShapeChange = 'added' | 'removed' | 'moved' | 'relabelled';

export interface ShapeDiff {
  readonly id: string;
  readonly change: ShapeChange;
  readonly from?: Shape;
  readonly to?: Shape;
}

export interface AnswerDiff {
  readonly question: string;
  readonly from: Value | null;
  readonly to: Value | null;
}

export interface Diff {
  readonly answers: readonly AnswerDiff[];
  readonly shapes: readonly ShapeDiff[];
}

/**
 * What changed from `before` to `after`. A shape that was both moved and relabelled (or given other
 * attributes) stands in the list twice, once for each.
 */
export function diff(before: Answer, after: Answer): Diff {
  return { answers: diffAnswers(before, after), shapes: diffShapes(before.shapes, after.shapes) };
}

function diffAnswers(before: Answer, after: Answer): AnswerDiff[] {
  const questions = new Set([...Object.keys(before.answers), ...Object.keys(after.answers)]);
  return [...questions]
    .filter((question) => !sameValue(before.answers[question], after.answers[question]))
    .map((question) => ({
      question,
      from: before.answers[question] ?? null,
      to: after.answers[question] ?? null,
    }));
}

function diffShapes(before: readonly Shape[], after: readonly Shape[]): ShapeDiff[] {
  const old = new Map(before.map((shape) => [shape.id, shape]));
  const kept = new Set(after.map((shape) => shape.id));
  const changes: ShapeDiff[] = before
    .filter((shape) => !kept.has(shape.id))
    .map((from) => ({ id: from.id, change: 'removed', from }));
  for (const to of after) {
    const from = old.get(to.id);
    if (from === undefined) {
      changes.push({ id: to.id, change: 'added', to });
      continue;
    }
    if (!sameBox(from, to)) {
      changes.push({ id: to.id, change: 'moved', from, to });
    }
    if (from.label !== to.label || !sameValues(from.attributes, to.attributes)) {
      changes.push({ id: to.id, change: 'relabelled', from, to });
    }
  }
  return changes;
}
