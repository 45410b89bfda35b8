import type { ReviewStage } from '@/api/types';
import type { Figure } from '@/features/queue/policy';

/** A stage as the form holds it: shares in percent, what may be absent as an empty field. */
export interface StageDraft {
  /** Keeps its fields together while stages change places. */
  readonly key: number;
  readonly name: string;
  readonly kind: 'review' | 'adjudicate';
  readonly by: 'all' | 'share' | 'risk';
  readonly share: Figure;
  readonly agreementBelow: Figure;
  readonly recordBelow: Figure;
  readonly firstTasks: Figure;
  readonly unsure: boolean;
  readonly who: 'reviewer' | 'quality_lead';
  readonly qualification: string;
}

/** As many as the server takes. */
export const MOST_STAGES = 10;

export function draftsOf(stages: readonly ReviewStage[]): StageDraft[] {
  return stages.map((stage, index) => ({
    key: index,
    name: stage.name,
    kind: stage.kind ?? 'review',
    by: stage.select.by,
    share: percent(stage.select.share) ?? 10,
    agreementBelow: percent(stage.select.agreementBelow) ?? '',
    recordBelow: percent(stage.select.recordBelow) ?? '',
    firstTasks: stage.select.firstTasks ?? '',
    unsure: stage.select.unsure ?? false,
    who: stage.who ?? 'reviewer',
    qualification: stage.qualification ?? '',
  }));
}

export function stagesOf(drafts: readonly StageDraft[]): ReviewStage[] {
  return drafts.map((draft) => ({
    name: draft.name.trim(),
    kind: draft.kind,
    select: selectOf(draft),
    who: draft.who,
    ...(draft.qualification.trim() === '' ? {} : { qualification: draft.qualification.trim() }),
  }));
}

function selectOf(draft: StageDraft): ReviewStage['select'] {
  switch (draft.by) {
    case 'all':
      return { by: 'all' };
    case 'share':
      return { by: 'share', share: part(draft.share) ?? 0 };
    case 'risk':
      // Finished tasks are chosen by the agreement of their answers alone.
      return {
        by: 'risk',
        ...given('agreementBelow', part(draft.agreementBelow)),
        ...(draft.kind === 'adjudicate'
          ? {}
          : {
              ...given('recordBelow', part(draft.recordBelow)),
              ...given('firstTasks', draft.firstTasks === '' ? undefined : Number(draft.firstTasks)),
              ...(draft.unsure ? { unsure: true } : {}),
            }),
      };
  }
}

/** A new stage before the one that adjudicates, which is always the last. */
export function withNewStage(drafts: readonly StageDraft[], name: string): StageDraft[] {
  const added: StageDraft = {
    key: 1 + Math.max(-1, ...drafts.map(({ key }) => key)),
    name,
    kind: 'review',
    by: 'all',
    share: 10,
    agreementBelow: '',
    recordBelow: '',
    firstTasks: '',
    unsure: false,
    who: 'reviewer',
    qualification: '',
  };
  return drafts.at(-1)?.kind === 'adjudicate' ? [...drafts.slice(0, -1), added, ...drafts.slice(-1)] : [...drafts, added];
}

/** The stage a place earlier or later; the same stages when it cannot go there. */
export function moved(drafts: readonly StageDraft[], index: number, by: -1 | 1): readonly StageDraft[] {
  const to = index + by;
  const [one, other] = [drafts[index], drafts[to]];
  if (one === undefined || other === undefined || one.kind === 'adjudicate' || other.kind === 'adjudicate') return drafts;
  const next = [...drafts];
  next[index] = other;
  next[to] = one;
  return next;
}

function percent(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value * 1e5) / 1e3;
}

function part(value: Figure): number | undefined {
  return value === '' || !Number.isFinite(Number(value)) ? undefined : Math.round(Number(value) * 1e3) / 1e5;
}

function given<K extends string>(name: K, value: number | undefined): Partial<Record<K, number>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, number>);
}
