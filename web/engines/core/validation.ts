/**
 * What is still missing in an answer before it can be submitted. The server decides; this only
 * spares a round trip and shows the place at once. Faults use the server's form (RFC 6901 pointers).
 */
import type { Answer, Ontology, Question, Value, Values } from './model';

export type FaultCode = 'required' | 'unknown-label' | 'unknown-option' | 'not-a-number';

export interface Fault {
  /** JSON pointer into the answer, such as `/answers/fitness` or `/shapes/3/attributes/worn`. */
  readonly pointer: string;
  /** The server's words; local faults have a `code` instead, which the screen puts into the reader's language. */
  readonly message?: string;
  readonly code?: FaultCode;
}

export function faultsOf(ontology: Ontology, answer: Answer): Fault[] {
  const faults = faultsOfValues('/answers', ontology.questions, answer.answers);
  answer.shapes.forEach((shape, index) => {
    const label = ontology.labels.find((candidate) => candidate.id === shape.label);
    if (label === undefined) {
      faults.push({ pointer: `/shapes/${index}/label`, code: 'unknown-label' });
      return;
    }
    faults.push(...faultsOfValues(`/shapes/${index}/attributes`, label.attributes ?? [], shape.attributes));
  });
  return faults;
}

export function isComplete(ontology: Ontology, answer: Answer): boolean {
  return faultsOf(ontology, answer).length === 0;
}

/** The index of the shape that a pointer leads into, or undefined. Both `/shapes/3` and `/answer/shapes/3/…` are understood. */
export function shapeIndexOf(pointer: string): number | undefined {
  const match = /^(?:\/answer)?\/shapes\/(\d+)(?:\/|$)/.exec(pointer);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** The id of the question that a pointer leads to, or undefined. */
export function questionOf(pointer: string): string | undefined {
  const match = /^(?:\/answer)?\/answers\/([^/]+)(?:\/|$)/.exec(pointer);
  return match?.[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
}

function faultsOfValues(prefix: string, questions: readonly Question[], values: Values): Fault[] {
  return questions.flatMap((question) => {
    const code = faultOf(question, values[question.id]);
    return code === undefined ? [] : [{ pointer: `${prefix}/${escape(question.id)}`, code }];
  });
}

function faultOf(question: Question, value: Value | undefined): FaultCode | undefined {
  if (isBlank(value)) {
    return question.required === true ? 'required' : undefined;
  }
  const known = (id: string) => question.options?.some((option) => option.id === id) ?? false;
  switch (question.type) {
    case 'choice':
      return typeof value === 'string' && known(value) ? undefined : 'unknown-option';
    case 'multi_choice':
      return Array.isArray(value) && value.every(known) ? undefined : 'unknown-option';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : 'not-a-number';
    case 'text':
    case 'boolean':
      return undefined;
  }
}

function isBlank(value: Value | undefined): value is undefined {
  return (
    value === undefined ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  );
}

function escape(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
