import { useLingui } from '@lingui/react/macro';
import type { OpenSession } from '@/api/types';

/** How a session was opened, in words. */
export function useWays(): (way: OpenSession['way']) => string {
  const { t } = useLingui();
  return (way) => {
    switch (way) {
      case 'password':
        return t`Password`;
      case 'passkey':
        return t`Passkey`;
      case 'link':
        return t`Link`;
      case 'invitation':
        return t`Invitation`;
      case 'provider':
        return t`Your organisation`;
      default:
        return t`not known`;
    }
  };
}
