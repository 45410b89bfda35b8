import type { Ontology, Template } from '@/api/types';

export const templates: readonly Template[] = ['image-classification', 'text-classification', 'image-boxes'];

/** What the editor begins with. Names are left to the person: an invented ontology would be kept by mistake. */
export function startingOntology(template: Template): Ontology {
  if (template === 'image-boxes') {
    return { labels: [{ id: 'item', name: '', names: {}, color: '#c08a2b', tool: 'box', attributes: [] }], questions: [] };
  }
  return {
    labels: [],
    questions: [
      {
        id: 'item',
        name: '',
        names: {},
        type: 'choice',
        required: true,
        options: [
          { id: 'item', name: '', names: {} },
          { id: 'item_2', name: '', names: {} },
        ],
      },
    ],
  };
}
