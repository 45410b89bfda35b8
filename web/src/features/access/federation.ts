import { useLingui } from '@lingui/react/macro';
import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { SignInButtons } from '@/api/types';

/** The identity providers that one can sign in by. */
export const signInWaysQuery = queryOptions({
  queryKey: ['sign-in-ways'],
  queryFn: ({ signal }) => api.get<SignInButtons>('/session/providers', { signal }),
});

/** Why a provider's answer signed nobody in, as the server says it in the page's address. */
export function useRefusal(reason: string | undefined): string | null {
  const { t } = useLingui();
  switch (reason) {
    case undefined:
      return null;
    case 'state':
      return t`This sign-in was not begun in this browser, or took too long. Begin again.`;
    case 'denied':
      return t`The identity provider did not sign you in.`;
    case 'unreachable':
      return t`The identity provider does not answer. Try again in a while, or sign in another way.`;
    case 'unknown':
      return t`Your organisation knows you, but nobody here does yet. Ask whoever manages your team for an invitation.`;
    case 'foreign':
      return t`There is an account with your address that your organisation may not open. Sign in as you did so far.`;
    case 'weak':
      return t`You are asked for a second factor, and your organisation did not say that it has seen one. Sign in there with one, or here with a passkey.`;
    case 'disabled':
      return t`This account is switched off. Whoever manages your team can switch it on again.`;
    case 'ended':
      return t`Your organisation has ended this account.`;
    default:
      return t`The identity provider's answer does not prove who you are. Begin again; if it stays so, tell your operator.`;
  }
}
