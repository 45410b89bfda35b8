import { describe, expect, it } from 'vitest';
import type { Progress } from '@/api/types';
import { emptyDraft, toNewProject, withTemplate } from './draft';
import { parts, share } from './progress';

describe('a project being written', () => {
  it('sends a share, not a percentage, and leaves out what was not said', () => {
    const body = toNewProject({ ...emptyDraft(), name: ' Coins ', reviewPercent: 12.5 });
    expect(body).toMatchObject({ name: 'Coins', reviewShare: 0.125, redundancy: 3, repeats: { default: 1 }, workforces: [] });
    expect(body).not.toHaveProperty('codeName');
    expect(body).not.toHaveProperty('guidelines');
    expect(body).not.toHaveProperty('licence');
  });

  it('keeps written questions when the template changes, and drops labels where nothing is drawn', () => {
    const boxes = withTemplate(emptyDraft(), 'image-boxes');
    expect(boxes.ontology.labels).toHaveLength(1);
    const question = { id: 'ok', name: 'OK?', type: 'boolean' as const };
    const written = { ...boxes, ontology: { ...boxes.ontology, questions: [question] } };
    expect(withTemplate(written, 'text-classification').ontology).toEqual({ labels: [], questions: [question] });
  });
});

describe('progress', () => {
  const progress: Progress = { assets: 10, tasks: 8, open: 3, inReview: 2, returned: 1, done: 2, submissions: 12, submissionsNeeded: 24, reviewed: 2 };

  it('shares the bar among the states and gives nothing to nothing', () => {
    expect(parts(progress).map((p) => p.share)).toEqual([0.25, 0.25, 0.125, 0.375]);
    expect(share(progress)).toBe(0.25);
    expect(share({ ...progress, tasks: 0, done: 0 })).toBe(0);
  });
});
