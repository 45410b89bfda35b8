import type { Label, LabelOperation, Ontology, Option, Question } from '@/api/types';
import { idFrom } from './editing';

/** What becomes of a label or an option that is there. */
export interface Plan {
  readonly act: 'keep' | 'rename' | 'merge' | 'retire';
  readonly name: string;
  readonly into: string;
}

export interface NewLabel {
  readonly name: string;
  readonly color: string;
}

export interface Relabelling {
  /** By key: a label by its id, an option and a question by their path, as the server counts them. */
  readonly plans: Readonly<Record<string, Plan>>;
  readonly added: readonly NewLabel[];
  /** Names of new options by the place of their question. */
  readonly options: Readonly<Record<string, readonly string[]>>;
}

export const KEPT: Plan = { act: 'keep', name: '', into: '' };
export const UNCHANGED: Relabelling = { plans: {}, added: [], options: {} };

/** A question with its place as requests name it, `grade` or `coin/wear`, and the key that its use is counted by. */
export interface AskedQuestion {
  readonly place: string;
  readonly key: string;
  readonly question: Question;
  /** Whose attribute it is. */
  readonly label?: Label;
}

export function askedQuestions(ontology: Ontology): AskedQuestion[] {
  return [
    ...ontology.questions.map((question) => ({ place: question.id, key: `questions/${question.id}`, question })),
    ...ontology.labels.flatMap((label) =>
      (label.attributes ?? []).map((question) => ({ place: `${label.id}/${question.id}`, key: `labels/${label.id}/attributes/${question.id}`, question, label })),
    ),
  ];
}

export const optionKey = (asked: AskedQuestion, option: string) => `${asked.key}/options/${option}`;

/** The operations in the order in which the server takes them: what is added can be merged into. */
export function operationsOf(ontology: Ontology, relabelling: Relabelling): LabelOperation[] {
  const { plans, added } = relabelling;
  const taken = ontology.labels.map(({ id }) => id);
  const adds = added
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, color }): LabelOperation => {
      const id = newId(name, taken);
      return { op: 'add', label: { id, name: name.trim(), color, tool: 'box' } };
    });
  // Attributes of a label that goes go with it: theirs come before it does.
  const asked = askedQuestions(ontology).flatMap((one) => ofQuestion(one, relabelling));
  const changes = ontology.labels.flatMap((label) => planned(label, plans[label.id] ?? KEPT, {}));
  return [...adds, ...asked, ...changes];
}

function ofQuestion(asked: AskedQuestion, { plans, options }: Relabelling): LabelOperation[] {
  const { place, key, question } = asked;
  if (plans[key]?.act === 'retire') return [{ op: 'retire', question: place }];
  const taken = (question.options ?? []).map(({ id }) => id);
  const adds = (options[place] ?? [])
    .filter((name) => name.trim() !== '')
    .map((name): LabelOperation => ({ op: 'add', question: place, option: { id: newId(name, taken), name: name.trim() } }));
  const changes = (question.options ?? []).flatMap((option) => planned(option, plans[optionKey(asked, option.id)] ?? KEPT, { question: place }));
  return [...adds, ...changes];
}

function newId(name: string, taken: string[]): string {
  const id = idFrom(name.trim(), taken);
  taken.push(id);
  return id;
}

function planned({ id, name }: { id: string; name: string }, plan: Plan, where: { question?: string }): LabelOperation[] {
  switch (plan.act) {
    case 'keep':
      return [];
    case 'rename':
      return plan.name.trim() === '' || plan.name.trim() === name ? [] : [{ op: 'rename', ...where, id, name: plan.name.trim() }];
    case 'merge':
      return plan.into === '' ? [] : [{ op: 'merge', ...where, id, into: plan.into }];
    case 'retire':
      return [{ op: 'retire', ...where, id }];
  }
}

/** What another may be merged into: what stays. */
export function targetsFor<T extends Label | Option>(id: string, all: readonly T[], { plans }: Relabelling, keyOf: (id: string) => string = (own) => own): T[] {
  return all.filter((one) => {
    const act = plans[keyOf(one.id)]?.act ?? 'keep';
    return one.id !== id && (act === 'keep' || act === 'rename');
  });
}
