import { I18nProvider } from '@lingui/react';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onUnauthenticated } from '@/api/client';
import { sessionQuery } from '@/api/session';
import { cssVariables, theme } from '@/design/theme';
import { i18n } from '@/i18n/i18n';
import { queryClient } from './query-client';
import { router } from './router';
import { styleNonce } from './style-nonce';

/** When the server says that the session is over: to the sign-in page, and from there back to where one was. */
function useSessionEnd() {
  useEffect(
    () =>
      onUnauthenticated(() => {
        const { pathname, href } = router.state.location;
        if (pathname === '/sign-in') return;
        const forget = () => queryClient.setQueryData(sessionQuery.queryKey, null);
        // The pages need the session until they are gone.
        void router.navigate({ to: '/sign-in', search: { next: href }, replace: true }).then(forget);
      }),
    [],
  );
}

export function App() {
  useSessionEnd();
  return (
    <I18nProvider i18n={i18n}>
      <DirectionProvider detectDirection>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={styleNonce}>
          <Notifications position="bottom-right" limit={3} />
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </I18nProvider>
  );
}
