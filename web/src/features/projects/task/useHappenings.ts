import { useLingui } from '@lingui/react/macro';
import type { HistoryEntry, Skip } from '@/api/types';

/** Why people skip, in words. */
export function useSkipReasons(): Record<Skip['reason'], string> {
  const { t } = useLingui();
  return {
    unclear: t`instructions unclear`,
    cannot_judge: t`cannot judge it`,
    broken_asset: t`asset broken`,
    other: t`another reason`,
  };
}

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
  // How a lease ended, with an annotator's reason after a colon.
  const [how = '', why] = (entry.reason ?? '').split(': ', 2);
  const ends: Record<string, string> = {
    released: t`gave the task back`,
    skipped: t`skipped the task`,
    expired: t`lost the task: no sign of work`,
    superseded: t`lost the task: access ended`,
    fenced: t`lost the task: access ended`,
    withdrawn: t`had the task taken back by a requester`,
  };
  const changes: Record<string, string> = { cancel: t`cancelled the task`, reopen: t`put the task back into the queue`, escalate: t`was the last to skip: the task waits for a requester` };
  const reasons: Record<string, string> = useSkipReasons();
  const to = entry.reason ?? '';
  const batchName = (number: string | undefined) => (number === undefined ? undefined : number === '0' ? t`no batch` : t`batch ${number}`);
  const before = entry.kind === 'moved' ? batchName(entry.from) : entry.from === '' ? t`everybody` : entry.from;
  const titles: Record<HistoryEntry['kind'], string> = {
    planned: t`The task was planned`,
    leased: entry.reason === 'review' ? t`took it to review` : t`took the task`,
    lease_ended: ends[how.toLowerCase()] ?? t`gave the task back`,
    submitted: t`submitted an answer`,
    decided: decisions[entry.reason ?? ''] ?? t`decided`,
    appealed: t`appealed`,
    merged: t`made the answers one`,
    merge_undone: t`undid that`,
    restored: entry.mended ? t`restored a reviewer's answer` : t`restored an earlier answer`,
    answer_deleted: t`deleted the answer`,
    answer_restored: t`brought the answer back`,
    changed: changes[to] ?? t`changed the task`,
    answers_needed: t`The task needs ${to} answers`,
    prioritised: t`set the priority to ${to}`,
    moved: to === '0' ? t`took it out of its batch` : t`moved it to batch ${to}`,
    assigned: to === '' ? t`gave it to everybody again` : t`kept it for ${to}`,
  };
  const { round, revision, ontologyVersion, guidelineVersion, activeSeconds, submission, preLabel } = entry;
  const details = [
    ...(entry.kind === 'lease_ended' && why !== undefined ? [reasons[why] ?? why] : []),
    ...(entry.note === undefined ? [] : [t`“${entry.note}”`]),
    ...(before === undefined ? [] : [t`before: ${before}`]),
    ...(entry.kind === 'changed' && entry.reason !== undefined && !(entry.reason in changes) ? [entry.reason] : []),
    ...(submission === undefined ? [] : [t`answer ${submission}`]),
    ...(round !== undefined && round > 1 ? [t`round ${round}`] : []),
    ...(revision !== undefined && revision > 1 ? [t`revision ${revision}`] : []),
    ...(ontologyVersion === undefined ? [] : [t`labels v${ontologyVersion}`]),
    ...(guidelineVersion === undefined ? [] : [t`guidelines v${guidelineVersion}`]),
    ...(preLabel === undefined ? [] : [preLabel.unchanged ? t`as ${preLabel.model} ${preLabel.version} had it` : t`after ${preLabel.model} ${preLabel.version}, changed`]),
    ...(activeSeconds === undefined ? [] : [t`${activeSeconds} s at work`]),
  ];
  return { title: titles[entry.kind], details };
}
