import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { holds, useSession } from '@/api/session';
import { useVendorWords } from '@/features/vendors/useVendorWords';
import { useFormat } from '@/shared/useFormat';
import { money } from './money';
import { offerQuery } from './queries';

/** What a task of a project pays and takes, before anybody takes one; nothing where nothing is paid through Etalon. */
export function Offer({ client, project, reviews }: { client: string; project: string; reviews: boolean }) {
  const { locale, number } = useFormat();
  const words = useVendorWords();
  // A quality lead who decides appeals is not paid by the task, and not told.
  const paid = holds(useSession(), client, 'annotator', 'reviewer');
  const offer = useQuery({ ...offerQuery(client, project), enabled: paid }).data;
  const rule = offer?.rule?.rule;
  if (!rule?.currency || !rule.price?.amount) return null;
  if (reviews) {
    return rule.review ? (
      <span data-testid="offer">
        <Trans>Pays {money(locale, rule.review, rule.currency)} for a decision</Trans>
      </span>
    ) : null;
  }
  const rate = money(locale, rule.price.amount, rule.currency);
  const unit = words.unit(rule.price.unit ?? 'task');
  const minutes = offer?.seconds ? offer.seconds / 60 : rule.minutes;
  const hourly = offer?.hourly && rule.price.unit !== 'hour' ? money(locale, offer.hourly, rule.currency) : null;
  return (
    <span data-testid="offer">
      <Trans>
        Pays {rate} for {unit}
      </Trans>
      {minutes ? (
        <>
          {' · '}
          <Trans>about {number(minutes, { maximumFractionDigits: 1 })} min each</Trans>
        </>
      ) : null}
      {hourly ? (
        <>
          {' · '}
          <Trans>lately {hourly} an hour</Trans>
        </>
      ) : null}
    </span>
  );
}
