import { useLingui } from '@lingui/react/macro';
import type { HistoryEntry } from '@/api/types';

/** An entry of a task's history in words, and the figures that stand beneath. */
export function useHappenings(entry: HistoryEntry): { title: string; details: string[] } {
  const { t } = useLingui();
  const decisions: Record<string, string> = {
    accept: t`accepted it`,
    fix: t`corrected it`,
    return: t`returned it`,
    reject: t`rejected it`,
    escalate: t`handed it on`,
    uphold: t`upheld the appeal`,
    dismiss: t`dismissed the appeal`,
  };
  const titles: Record<HistoryEntry['kind'], string> = {
    planned: t`The task was planned`,
    leased: entry.reason === 'review' ? t`took it to review` : t`took the task`,
    lease_ended: t`gave the task back`,
    submitted: t`submitted an answer`,
    decided: decisions[entry.reason ?? ''] ?? t`decided`,
    appealed: t`appealed`,
    merged: t`made the answers one`,
    merge_undone: t`undid that`,
    restored: entry.mended ? t`restored a reviewer's answer` : t`restored an earlier answer`,
    changed: t`changed the task`,
  };
  const { round, revision, ontologyVersion, guidelineVersion, activeSeconds, submission } = entry;
  const known = entry.kind === 'decided' || entry.kind === 'leased';
  const details = [
    ...(entry.reason !== undefined && !known ? [entry.reason] : []),
    ...(submission === undefined ? [] : [t`answer ${submission}`]),
    ...(round !== undefined && round > 1 ? [t`round ${round}`] : []),
    ...(revision !== undefined && revision > 1 ? [t`revision ${revision}`] : []),
    ...(ontologyVersion === undefined ? [] : [t`labels v${ontologyVersion}`]),
    ...(guidelineVersion === undefined ? [] : [t`guidelines v${guidelineVersion}`]),
    ...(activeSeconds === undefined ? [] : [t`${activeSeconds} s at work`]),
  ];
  return { title: titles[entry.kind], details };
}
