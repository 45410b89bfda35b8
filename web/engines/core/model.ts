/**
 * The annotation model of the HTTP API, as TypeScript values.
 *
 * Coordinates are pixels of the *displayed* (oriented) image, origin at the top left corner of the
 * top left pixel, fractions allowed. All values are immutable: an edit makes a new one.
 */

/** A rectangle in image pixels; `width` and `height` are never negative. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The value of one question or attribute, by its type: choice, text: string; multi_choice: string[]; number; boolean. */
export type Value = string | number | boolean | readonly string[];

export type Values = Readonly<Record<string, Value>>;

/** A box drawn on an image. `id` is unique within its answer and never reused. */
export interface BoxShape extends Box {
  readonly id: string;
  readonly label: string;
  readonly type: 'box';
  readonly attributes: Values;
}

export type Shape = BoxShape;

/** What a person said about one asset: values by question id, and shapes in drawing order. */
export interface Answer {
  readonly answers: Values;
  readonly shapes: readonly Shape[];
}

export const EMPTY_ANSWER: Answer = { answers: {}, shapes: [] };

export type QuestionType = 'choice' | 'multi_choice' | 'text' | 'number' | 'boolean';

export interface Option {
  readonly id: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
}

export interface Question {
  readonly id: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly type: QuestionType;
  readonly required?: boolean;
  readonly options?: readonly Option[];
}

export interface Label {
  readonly id: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly color: string;
  readonly tool: string;
  readonly attributes?: readonly Question[];
}

export interface Ontology {
  readonly labels: readonly Label[];
  readonly questions: readonly Question[];
}

/** The name of a label, question or option in the reader's language, else its default name. */
export function nameIn(
  locale: string,
  named: { readonly name: string; readonly names?: Readonly<Record<string, string>> },
): string {
  return named.names?.[locale] ?? named.name;
}

export function boxOf(shape: Box): Box {
  return { x: shape.x, y: shape.y, width: shape.width, height: shape.height };
}

export function sameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** Value equality; lists are compared in order. `undefined` means "not answered". */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => item === b[i]);
  }
  return a === b;
}

export function sameValues(a: Values, b: Values): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameValue(a[key], b[key]));
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.id === b.id && a.label === b.label && sameBox(a, b) && sameValues(a.attributes, b.attributes);
}

/** Equality of meaning: the order of shapes counts, the order of keys does not. */
export function sameAnswer(a: Answer, b: Answer): boolean {
  return (
    sameValues(a.answers, b.answers) &&
    a.shapes.length === b.shapes.length &&
    a.shapes.every((shape, i) => {
      const other = b.shapes[i];
      return other !== undefined && sameShape(shape, other);
    })
  );
}
