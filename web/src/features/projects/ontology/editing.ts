import type { Label, Ontology, Option, Question, QuestionType } from '@/api/types';
import { labelColors } from '@/design/tokens';

/** Where a list of questions stands: the task's own, or the attributes of one label. */
export type QuestionList = 'questions' | { label: number };

/** One edit of an ontology. Indices are positions in the ontology as it was before the edit. */
export type Edit =
  | { type: 'label/add' }
  | { type: 'label/change'; label: number; change: Partial<Label> }
  | { type: 'label/remove'; label: number }
  | { type: 'label/move'; label: number; by: -1 | 1 }
  | { type: 'question/add'; list: QuestionList }
  | { type: 'question/change'; list: QuestionList; question: number; change: Partial<Question> }
  | { type: 'question/remove'; list: QuestionList; question: number }
  | { type: 'question/move'; list: QuestionList; question: number; by: -1 | 1 }
  | { type: 'option/add'; list: QuestionList; question: number }
  | { type: 'option/change'; list: QuestionList; question: number; option: number; change: Partial<Option> }
  | { type: 'option/remove'; list: QuestionList; question: number; option: number }
  | { type: 'option/move'; list: QuestionList; question: number; option: number; by: -1 | 1 };

export const hasOptions = (type: QuestionType): boolean => type === 'choice' || type === 'multi_choice';

/**
 * Applies one edit; never changes its argument. An id that follows from the name goes on following it until the thing is
 * saved (its id is in `saved`) or the id was typed: answers refer to ids, so a saved id never moves.
 */
export function edit(ontology: Ontology, action: Edit, saved: ReadonlySet<string>): Ontology {
  switch (action.type) {
    case 'label/add':
      return { ...ontology, labels: [...ontology.labels, newLabel(ontology.labels)] };
    case 'label/change':
      return { ...ontology, labels: changeNamed(ontology.labels, action.label, action.change, (id) => saved.has(`label:${id}`)) };
    case 'label/remove':
      return { ...ontology, labels: without(ontology.labels, action.label) };
    case 'label/move':
      return { ...ontology, labels: moved(ontology.labels, action.label, action.by) };
    case 'question/add':
      return withQuestions(ontology, action.list, (list) => [...list, newQuestion(list)]);
    case 'question/change':
      return withQuestions(ontology, action.list, (list) => changeQuestion(list, action, (id) => saved.has(`question:${id}`)));
    case 'question/remove':
      return withQuestions(ontology, action.list, (list) => without(list, action.question));
    case 'question/move':
      return withQuestions(ontology, action.list, (list) => moved(list, action.question, action.by));
    case 'option/add':
      return withOptions(ontology, action, (options) => [...options, newOption(options)]);
    case 'option/change':
      return withOptions(ontology, action, (options, question) =>
        changeNamed(options, action.option, action.change, (id) => saved.has(`option:${question}/${id}`)),
      );
    case 'option/remove':
      return withOptions(ontology, action, (options) => without(options, action.option));
    case 'option/move':
      return withOptions(ontology, action, (options) => moved(options, action.option, action.by));
  }
}

/** The ids of a saved version, as `edit` asks for them. */
export function savedIds(ontology: Ontology | undefined): ReadonlySet<string> {
  const ids = new Set<string>();
  const add = (questions: readonly Question[] | undefined) => {
    for (const question of questions ?? []) {
      ids.add(`question:${question.id}`);
      for (const option of question.options ?? []) ids.add(`option:${question.id}/${option.id}`);
    }
  };
  for (const label of ontology?.labels ?? []) {
    ids.add(`label:${label.id}`);
    add(label.attributes);
  }
  add(ontology?.questions);
  return ids;
}

/** An id from a name: "Pièce d'or" → "piece_d_or"; distinct from `taken`. */
export function idFrom(name: string, taken: readonly string[]): string {
  const base = stem(name);
  if (!taken.includes(base)) return base;
  for (let n = 2; ; n++) if (!taken.includes(`${base}_${n}`)) return `${base}_${n}`;
}

function stem(name: string): string {
  return (
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 40) || 'item'
  );
}

/** True for an id that came from the name, with or without the number that set it apart from others at that time. */
function comesFrom(id: string, name: string): boolean {
  const base = stem(name);
  return id === base || (id.startsWith(`${base}_`) && /^\d+$/.test(id.slice(base.length + 1)));
}

interface Named {
  id: string;
  name: string;
}

const idsBut = (items: readonly Named[], index: number) => items.filter((_, i) => i !== index).map((item) => item.id);

function changeNamed<T extends Named>(items: readonly T[], index: number, change: Partial<T>, isSaved: (id: string) => boolean): T[] {
  return items.map((item, i) => {
    if (i !== index) return item;
    const next = { ...item, ...change };
    if (isSaved(item.id)) return { ...next, id: item.id };
    const follows = change.id === undefined && change.name !== undefined && comesFrom(item.id, item.name);
    return follows ? { ...next, id: idFrom(next.name, idsBut(items, index)) } : next;
  });
}

function changeQuestion(
  list: readonly Question[],
  { question: index, change }: { question: number; change: Partial<Question> },
  isSaved: (id: string) => boolean,
): Question[] {
  return changeNamed(list, index, change, isSaved).map((question, i) => {
    if (i !== index || change.type === undefined) return question;
    if (!hasOptions(change.type)) {
      const { options: _dropped, ...rest } = question;
      return rest;
    }
    return question.options?.length ? question : { ...question, options: twoOptions() };
  });
}

const without = <T>(items: readonly T[], index: number): T[] => items.filter((_, i) => i !== index);

function moved<T>(items: readonly T[], index: number, by: -1 | 1): T[] {
  const target = index + by;
  const [a, b] = [items[index], items[target]];
  if (a === undefined || b === undefined) return [...items];
  return items.map((item, i) => (i === index ? b : i === target ? a : item));
}

function withQuestions(ontology: Ontology, list: QuestionList, change: (list: readonly Question[]) => Question[]): Ontology {
  if (list === 'questions') return { ...ontology, questions: change(ontology.questions) };
  return {
    ...ontology,
    labels: ontology.labels.map((label, i) => (i === list.label ? { ...label, attributes: change(label.attributes ?? []) } : label)),
  };
}

function withOptions(
  ontology: Ontology,
  at: { list: QuestionList; question: number },
  change: (options: readonly Option[], questionId: string) => Option[],
): Ontology {
  return withQuestions(ontology, at.list, (list) =>
    list.map((question, i) => (i === at.question ? { ...question, options: change(question.options ?? [], question.id) } : question)),
  );
}

function newLabel(labels: readonly Label[]): Label {
  const free = labelColors.find((color) => labels.every((label) => label.color !== color));
  const color = free ?? labelColors[labels.length % labelColors.length] ?? '#177475';
  return { id: idFrom('', labels.map((l) => l.id)), name: '', names: {}, color, tool: 'box', attributes: [] };
}

function newQuestion(list: readonly Question[]): Question {
  return { id: idFrom('', list.map((q) => q.id)), name: '', names: {}, type: 'choice', required: true, options: twoOptions() };
}

function newOption(options: readonly Option[]): Option {
  return { id: idFrom('', options.map((o) => o.id)), name: '', names: {} };
}

function twoOptions(): Option[] {
  const first = newOption([]);
  return [first, newOption([first])];
}
