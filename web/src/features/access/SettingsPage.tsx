import { useLingui } from '@lingui/react/macro';
import { SimpleGrid } from '@mantine/core';
import { Page } from '@/shared/Page';
import { ConsentsSection } from '@/features/people/ConsentsSection';
import { DescriptionSection } from '@/features/people/DescriptionSection';
import { MyLicencesSection } from '@/features/people/MyLicencesSection';
import { ApiKeysSection } from './ApiKeysSection';
import { LanguagesSection } from './LanguagesSection';
import { PasskeysSection } from './PasskeysSection';
import { PasswordSection } from './PasswordSection';
import { ProfileSection } from './ProfileSection';
import { isShut, useSession } from '@/api/session';
import { SessionsSection } from '@/features/account/SessionsSection';
import { SecondFactorNotice } from '@/features/account/SecondFactorNotice';

export function SettingsPage() {
  const { t } = useLingui();
  const session = useSession();
  const { person } = session;
  // All else is shut to a session without the second factor that is asked for.
  const open = !isShut(session);
  return (
    <Page title={t`My settings`} subtitle={person.email} width={980}>
      {open ? null : <SecondFactorNotice />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <ProfileSection />
        <PasswordSection />
      </SimpleGrid>
      <PasskeysSection />
      {open ? (
        <>
          <SessionsSection />
          <ConsentsSection />
          <LanguagesSection />
          <DescriptionSection />
          <MyLicencesSection />
          <ApiKeysSection />
        </>
      ) : null}
    </Page>
  );
}
