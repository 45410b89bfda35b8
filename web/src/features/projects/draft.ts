import type { NewProject, Ontology, Repeats, Template } from '@/api/types';
import { tidied } from './ontology/check';
import { startingOntology } from './templates';

/** A project as it is being written. Shares are percentages here, as in the form. */
export interface Draft {
  name: string;
  codeName: string;
  template: Template;
  ontology: Ontology;
  guidelines: string;
  redundancy: number;
  reviewPercent: number;
  repeats: number;
  /** How often single people answer each task again, where it differs; by person. */
  repeatsByPerson: Record<string, number>;
  workforces: string[];
  licence: string;
}

export function emptyDraft(template: Template = 'image-classification'): Draft {
  return {
    name: '',
    codeName: '',
    template,
    ontology: startingOntology(template),
    guidelines: '',
    redundancy: 3,
    reviewPercent: 10,
    repeats: 1,
    repeatsByPerson: {},
    workforces: [],
    licence: '',
  };
}

/** Another template brings its own beginning of an ontology, unless something has been written already. */
export function withTemplate(draft: Draft, template: Template): Draft {
  const untouched = JSON.stringify(draft.ontology) === JSON.stringify(startingOntology(draft.template));
  if (untouched) return { ...draft, template, ontology: startingOntology(template) };
  // Labels need boxes; questions can be asked about anything.
  return { ...draft, template, ontology: template === 'image-boxes' ? draft.ontology : { ...draft.ontology, labels: [] } };
}

export function toNewProject(draft: Draft): NewProject {
  const repeats: Repeats = {
    default: draft.repeats,
    ...(Object.keys(draft.repeatsByPerson).length > 0 ? { people: draft.repeatsByPerson } : {}),
  };
  return {
    name: draft.name.trim(),
    template: draft.template,
    ontology: tidied(draft.ontology),
    redundancy: draft.redundancy,
    reviewShare: Math.round(draft.reviewPercent * 10) / 1000,
    repeats,
    workforces: draft.workforces,
    ...(draft.codeName.trim() ? { codeName: draft.codeName.trim() } : {}),
    ...(draft.guidelines.trim() ? { guidelines: draft.guidelines } : {}),
    ...(draft.licence.trim() ? { licence: draft.licence.trim() } : {}),
  };
}
