import { useLingui } from '@lingui/react/macro';
import { useFormat } from '@/shared/useFormat';
import { reasonOf, type Known, type Reason } from './reason-forms';
import classes from './vendors.module.css';

/** Why work is divided as it is. A sentence that is not known here is shown as it stands in the log. */
export function Reasons({ reasons }: { reasons: readonly string[] }) {
  const say = useReasonWords();
  return (
    <ul className={classes['reasons']}>
      {reasons.map((sentence) => {
        const reason = reasonOf(sentence);
        return reason ? <li key={sentence}>{say(reason)}</li> : <li key={sentence} lang="en">{sentence}</li>;
      })}
    </ul>
  );
}

function useReasonWords(): (reason: Reason) => string {
  const { t } = useLingui();
  const format = useFormat();
  const percent = (value: number) => format.percent(value / 100);
  const money = (value: number) => format.number(value, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
  const right = ({ right: spread }: Known) =>
    spread ? t`right on ${percent(spread.value)} (${percent(spread.low)} to ${percent(spread.high)})` : t`not measured yet`;
  const priced = ({ price }: Known) => (price === undefined ? t`no price` : t`${money(price)} an annotation`);
  return (reason) => {
    switch (reason.kind) {
      case 'fixed':
        return t`The shares are fixed.`;
      case 'fixed-rest':
        return t`The shares are fixed; those who may work share the rest in proportion.`;
      case 'fixed-even':
        return t`The shares are fixed for workforces that may not work; the others have equal parts.`;
      case 'walled':
        return t`${reason.name} takes nothing: a wall keeps it out.`;
      case 'closed':
        return t`${reason.name} takes nothing: ${reason.why}`;
      case 'cheapest':
        return t`${reason.name} is the cheapest per correct annotation with probability ${format.percent(reason.probability)}: ${priced(reason)}, ${right(reason)}.`;
      case 'reaches':
        return t`${reason.name} is the cheapest that reaches ${percent(reason.percent)}: ${priced(reason)}, ${right(reason)}.`;
      case 'nearest':
        return t`Nobody is known to reach ${percent(reason.percent)}; ${reason.name} comes nearest (${right(reason)}).`;
      case 'pays':
        return t`The budget pays for the best order of accuracy: ${money(reason.each)} an annotation, ${money(reason.used)} are used.`;
      case 'falls-short':
        return t`The budget pays ${money(reason.each)} an annotation and the cheapest shares cost ${money(reason.needed)}: it will not last.`;
      case 'used-up':
        return t`The budget pays ${money(reason.each)} an annotation; these shares use it up with the best accuracy to expect.`;
    }
  };
}
