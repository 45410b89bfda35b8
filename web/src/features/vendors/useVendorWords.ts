import { useLingui } from '@lingui/react/macro';
import type { RoutingKind } from './routing';

/** The names of the kinds, units and causes that the server has short words for. */
export function useVendorWords() {
  const { t } = useLingui();
  const causes: Record<string, string> = {
    policy: t`The policy was set`,
    due: t`It was time`,
    asked: t`Somebody asked`,
    drain: t`A vendor was drained`,
    'drain lifted': t`A vendor was taken up again`,
    'workforces that can work': t`Who may work has changed`,
  };
  const kinds: Record<RoutingKind, string> = {
    fixed: t`Fixed shares`,
    cheapest: t`Cheapest that is good enough`,
    best: t`Best that the budget pays for`,
    adaptive: t`Adaptive`,
  };
  return {
    kind: (kind: string) => (kind === 'vendor' ? t`Vendor` : t`In-house`),
    unit: (unit: string) => (unit === 'hour' ? t`an hour of active work` : unit === 'item' ? t`a shape` : t`an answer`),
    cause: (cause: string) => causes[cause] ?? cause,
    routing: (kind: RoutingKind) => kinds[kind],
    routingHint: (kind: RoutingKind): string => {
      switch (kind) {
        case 'fixed':
          return t`Each workforce keeps to the share that is set here.`;
        case 'cheapest':
          return t`All that the cap allows goes to the cheapest workforce whose accuracy is good enough even at the lower end of its interval.`;
        case 'best':
          return t`The best accuracy that the budget pays for, over all that waits.`;
        case 'adaptive':
          return t`Each workforce gets the probability that it is the cheapest per correct annotation, as far as the measures tell.`;
      }
    },
  };
}
