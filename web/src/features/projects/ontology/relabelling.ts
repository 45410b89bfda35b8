import type { Label, LabelOperation, Ontology } from '@/api/types';
import { idFrom } from './editing';

/** What becomes of a label that is there. */
export interface LabelPlan {
  readonly act: 'keep' | 'rename' | 'merge' | 'retire';
  readonly name: string;
  readonly into: string;
}

export interface NewLabel {
  readonly name: string;
  readonly color: string;
}

export interface Relabelling {
  readonly plans: Readonly<Record<string, LabelPlan>>;
  readonly added: readonly NewLabel[];
}

export const KEPT: LabelPlan = { act: 'keep', name: '', into: '' };

/** The operations in the order in which the server takes them: what is added can be merged into. */
export function operationsOf(ontology: Ontology, { plans, added }: Relabelling): LabelOperation[] {
  const taken = ontology.labels.map(({ id }) => id);
  const adds = added
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, color }): LabelOperation => {
      const id = idFrom(name.trim(), taken);
      taken.push(id);
      return { op: 'add', label: { id, name: name.trim(), color, tool: 'box' } };
    });
  const changes = ontology.labels.flatMap(({ id, name }): LabelOperation[] => {
    const plan = plans[id] ?? KEPT;
    switch (plan.act) {
      case 'keep':
        return [];
      case 'rename':
        return plan.name.trim() === '' || plan.name.trim() === name ? [] : [{ op: 'rename', id, name: plan.name.trim() }];
      case 'merge':
        return plan.into === '' ? [] : [{ op: 'merge', id, into: plan.into }];
      case 'retire':
        return [{ op: 'retire', id }];
    }
  });
  return [...adds, ...changes];
}

/** The labels that another may be merged into: those that stay. */
export function targetsFor(label: string, labels: readonly Label[], { plans }: Relabelling): Label[] {
  return labels.filter(({ id }) => {
    const act = plans[id]?.act ?? 'keep';
    return id !== label && (act === 'keep' || act === 'rename');
  });
}
