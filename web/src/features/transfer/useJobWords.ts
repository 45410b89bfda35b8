import { useLingui } from '@lingui/react/macro';
import type { Job } from '@/api/types';

export function useJobStates(): Record<Job['state'], string> {
  const { t } = useLingui();
  return { queued: t`waits`, running: t`running`, done: t`finished`, failed: t`failed`, cancelled: t`stopped` };
}

export function useJobKinds(): Record<Job['kind'], string> {
  const { t } = useLingui();
  return {
    import: t`Import of tasks`,
    export: t`Export of answers`,
    scrub: t`Check of stored bytes`,
    reencryption: t`Encryption under the newest key`,
  };
}

/** The words of a job's log, which are the server's names of what happened; anything else stands as it came. */
export function useLogWords(): (message: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    queued: t`put into the queue`,
    running: t`begun`,
    done: t`finished`,
    failed: t`failed`,
    cancelling: t`asked to stop`,
    cancelled: t`stopped`,
    resumed: t`taken up again`,
  };
  return (message) => words[message] ?? message;
}
