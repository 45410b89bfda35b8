import { useLingui } from '@lingui/react/macro';
import { Badge } from '@mantine/core';

const COLOURS: Record<string, string> = { verified: 'verdigris', stated: 'brass', expired: 'red', refused: 'red', withdrawn: 'gray' };

/** How a licence stands, in one word. */
export function LicenceState({ state }: { state: string }) {
  const { t } = useLingui();
  const words: Record<string, string> = {
    verified: t`Verified`,
    stated: t`Not looked at yet`,
    expired: t`Not valid today`,
    refused: t`Refused`,
    withdrawn: t`Withdrawn`,
  };
  return <Badge color={COLOURS[state] ?? 'gray'} miw="max-content">{words[state] ?? state}</Badge>;
}
