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
import { useSession } from '@/api/session';

export function SettingsPage() {
  const { t } = useLingui();
  const { person } = useSession();
  return (
    <Page title={t`My settings`} subtitle={person.email} width={980}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <ProfileSection />
        <PasswordSection />
      </SimpleGrid>
      <ConsentsSection />
      <LanguagesSection />
      <DescriptionSection />
      <MyLicencesSection />
      <PasskeysSection />
      <ApiKeysSection />
    </Page>
  );
}
