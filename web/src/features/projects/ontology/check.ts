import type { Fault, Ontology, Question } from '@/api/types';
import { hasOptions } from './editing';

/** What is wrong with an ontology before the server is asked, as codes that the editor puts into words. */
export type OntologyFault = 'name-missing' | 'id-missing' | 'id-invalid' | 'id-taken' | 'color-invalid' | 'too-few-options' | 'nothing-to-answer';

export interface FoundFault {
  /** Pointer inside the ontology: `/labels/0/name`. */
  pointer: string;
  fault: OntologyFault;
}

/** Ids are written into files and addresses: letters, digits, `_`, `-`, `.`; at most 64. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

export function checkOntology(ontology: Ontology): FoundFault[] {
  const found: FoundFault[] = [];
  if (ontology.labels.length + ontology.questions.length === 0) found.push({ pointer: '', fault: 'nothing-to-answer' });
  checkNamed(ontology.labels, '/labels', found);
  ontology.labels.forEach((label, i) => {
    if (!/^#[0-9a-f]{6}$/i.test(label.color)) found.push({ pointer: `/labels/${i}/color`, fault: 'color-invalid' });
    checkQuestions(label.attributes ?? [], `/labels/${i}/attributes`, found);
  });
  checkQuestions(ontology.questions, '/questions', found);
  return found;
}

function checkQuestions(questions: readonly Question[], at: string, found: FoundFault[]): void {
  checkNamed(questions, at, found);
  questions.forEach((question, i) => {
    if (!hasOptions(question.type)) return;
    const options = question.options ?? [];
    if (options.length < 2) found.push({ pointer: `${at}/${i}/options`, fault: 'too-few-options' });
    checkNamed(options, `${at}/${i}/options`, found);
  });
}

function checkNamed(items: readonly { id: string; name: string }[], at: string, found: FoundFault[]): void {
  const seen = new Set<string>();
  items.forEach((item, i) => {
    if (!item.name.trim()) found.push({ pointer: `${at}/${i}/name`, fault: 'name-missing' });
    if (!item.id) found.push({ pointer: `${at}/${i}/id`, fault: 'id-missing' });
    else if (!ID.test(item.id)) found.push({ pointer: `${at}/${i}/id`, fault: 'id-invalid' });
    else if (seen.has(item.id)) found.push({ pointer: `${at}/${i}/id`, fault: 'id-taken' });
    seen.add(item.id);
  });
}

/** The server's faults by pointer inside the ontology, whatever body it was sent in. */
export function faultsInOntology(faults: readonly Fault[]): ReadonlyMap<string, string> {
  const byPointer = new Map<string, string>();
  for (const fault of faults) {
    const pointer = fault.pointer.replace(/^\/ontology(?=\/|$)/, '');
    if (!byPointer.has(pointer)) byPointer.set(pointer, fault.message);
  }
  return byPointer;
}

/** The ontology as it is sent: trimmed names, no empty translations, options only where the type has them. */
export function tidied(ontology: Ontology): Ontology {
  const names = (item: { names?: Record<string, string> }) =>
    Object.fromEntries(Object.entries(item.names ?? {}).filter(([, name]) => name.trim()).map(([tag, name]) => [tag, name.trim()]));
  const named = <T extends { name: string; names?: Record<string, string> }>(item: T): T => ({ ...item, name: item.name.trim(), names: names(item) });
  const question = (item: Question): Question => {
    const { options, ...rest } = named(item);
    return hasOptions(item.type) ? { ...rest, options: (options ?? []).map(named) } : rest;
  };
  return {
    labels: ontology.labels.map((label) => ({ ...named(label), attributes: (label.attributes ?? []).map(question) })),
    questions: ontology.questions.map(question),
  };
}
