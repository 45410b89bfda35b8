import { describe, expect, it } from 'vitest';
import type { ReviewStage } from '@/api/types';
import { draftsOf, moved, stagesOf, withNewStage } from './stages';

const stages: ReviewStage[] = [
  { name: 'First look', kind: 'review', select: { by: 'share', share: 0.125 }, who: 'reviewer' },
  { name: 'Doubtful', kind: 'review', select: { by: 'risk', agreementBelow: 0.7, recordBelow: 0.8, firstTasks: 20, unsure: true }, who: 'quality_lead', qualification: 'radiology' },
  { name: 'Together', kind: 'adjudicate', select: { by: 'risk', agreementBelow: 0.5 }, who: 'quality_lead' },
];

describe('the stages of a workflow', () => {
  it('come back from the form as they went in', () => {
    expect(stagesOf(draftsOf(stages))).toEqual(stages);
  });

  it('leave out signs that finished tasks do not have', () => {
    const [, second] = draftsOf(stages);
    expect(second && stagesOf([{ ...second, kind: 'adjudicate' }])[0]?.select).toEqual({ by: 'risk', agreementBelow: 0.7 });
  });

  it('keep adjudication last, whatever is added or moved', () => {
    const names = (drafts: readonly { name: string }[]) => drafts.map(({ name }) => name);
    const drafts = withNewStage(draftsOf(stages), 'New');
    expect(names(drafts)).toEqual(['First look', 'Doubtful', 'New', 'Together']);
    expect(new Set(drafts.map(({ key }) => key)).size).toBe(4);
    expect(names(moved(drafts, 0, 1))).toEqual(['Doubtful', 'First look', 'New', 'Together']);
    expect(moved(drafts, 2, 1)).toBe(drafts);
    expect(moved(drafts, 0, -1)).toBe(drafts);
  });
});
