import { faultsOf, sameValue, type Answer, type Fault, type Ontology, type Shape, type Value, type Values } from '@engines/core';
import type { Adjudication, MergeRequest, Origin } from '@/api/types';
import { completed } from '@/features/desk/session/desk-api';

/** One of the answers side by side. */
export interface Side {
  readonly submission: number;
  readonly annotator: string;
  readonly answer: Answer;
}

/** What has been taken over so far: for each question from whom, or the adjudicator's own; and which boxes. */
export interface Merging {
  readonly picks: Readonly<Record<string, number | 'own'>>;
  readonly own: Values;
  /** `submission/shape`, in the order of taking. */
  readonly boxes: readonly string[];
}

export function sidesOf({ answers }: Pick<Adjudication, 'answers'>): Side[] {
  return answers.map(({ submission, annotator, answer }) => ({ submission, annotator, answer: completed(answer) }));
}

export const boxKey = (submission: number, shape: string) => `${submission}/${shape}`;

/** Where all say the same there is nothing to decide; everything else waits for a hand. */
export function begin(ontology: Ontology, sides: readonly Side[]): Merging {
  const [first] = sides;
  const agreed = ontology.questions.filter(({ id }) => first?.answer.answers[id] !== undefined && !isDisputed(sides, id));
  return {
    picks: first === undefined ? {} : Object.fromEntries(agreed.map(({ id }) => [id, first.submission])),
    own: {},
    boxes: sides.length === 1 && first !== undefined ? boxesOf(first) : [],
  };
}

/** Whether the answers to a question differ. */
export function isDisputed(sides: readonly Side[], question: string): boolean {
  const [first, ...others] = sides;
  return others.some((side) => !sameValue(side.answer.answers[question], first?.answer.answers[question]));
}

/** The whole of one answer. */
export function takeAll(side: Side): Merging {
  return { picks: Object.fromEntries(Object.keys(side.answer.answers).map((id) => [id, side.submission])), own: {}, boxes: boxesOf(side) };
}

export function toggleBox(merging: Merging, key: string): Merging {
  const taken = merging.boxes.includes(key);
  return { ...merging, boxes: taken ? merging.boxes.filter((one) => one !== key) : [...merging.boxes, key] };
}

function boxesOf(side: Side): string[] {
  return side.answer.shapes.map(({ id }) => boxKey(side.submission, id));
}

/** The merged answer, and where each of its parts was taken from. Ids that two people gave are told apart. */
export function merged(sides: readonly Side[], merging: Merging): { answer: Answer; origins: Origin[] } {
  const answers: Record<string, Value> = {};
  const origins: Origin[] = [];
  for (const [question, pick] of Object.entries(merging.picks)) {
    const value = pick === 'own' ? merging.own[question] : sides.find(({ submission }) => submission === pick)?.answer.answers[question];
    if (value === undefined) continue;
    answers[question] = value;
    if (pick !== 'own') origins.push({ question, submission: pick });
  }
  const shapes: Shape[] = [];
  const used = new Set<string>();
  for (const key of merging.boxes) {
    const found = find(sides, key);
    if (found === undefined) continue;
    const { side, shape } = found;
    const id = used.has(shape.id) ? `${shape.id}-${side.submission}` : shape.id;
    used.add(id);
    shapes.push({ ...shape, id });
    origins.push({ shape: id, submission: side.submission, ...(id === shape.id ? {} : { from: shape.id }) });
  }
  return { answer: { answers, shapes }, origins };
}

function find(sides: readonly Side[], key: string): { side: Side; shape: Shape } | undefined {
  for (const side of sides) {
    const shape = side.answer.shapes.find(({ id }) => boxKey(side.submission, id) === key);
    if (shape !== undefined) return { side, shape };
  }
  return undefined;
}

/** What is still missing before it can be handed in. */
export function missingIn(ontology: Ontology, sides: readonly Side[], merging: Merging): Fault[] {
  return faultsOf(ontology, merged(sides, merging).answer);
}

export function requestOf(token: string, sides: readonly Side[], merging: Merging): MergeRequest {
  const { answer, origins } = merged(sides, merging);
  return { token, answer: answer as MergeRequest['answer'] & object, origins };
}
