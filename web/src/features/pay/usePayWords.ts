import { useLingui } from '@lingui/react/macro';

/** The names of what the ledger has short words for. */
export function usePayWords() {
  const { t } = useLingui();
  const kinds: Record<string, string> = {
    answer: t`Answers`,
    exam: t`Entry exam`,
    review: t`Reviews`,
    rejection: t`Rejected answers`,
    appeal: t`Upheld appeals`,
    ended: t`Answers after the lease had ended`,
    resumed: t`Paid as an answer after all`,
    floor: t`Made up to the floor`,
    adjustment: t`Adjustment`,
    correction: t`Correction`,
    rounding: t`Rounding`,
    payment: t`Payment`,
  };
  const accounts: Record<string, string> = {
    expense: t`Expense of a project`,
    payable: t`Owed to people`,
    paid: t`Paid`,
    adjustment: t`Adjustments`,
    rounding: t`Rounding`,
  };
  return {
    kind: (kind: string) => kinds[kind] ?? kind,
    account: (account: string) => accounts[account] ?? account,
  };
}
