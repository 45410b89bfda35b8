import { useLingui } from '@lingui/react/macro';
import { PasswordInput } from '@mantine/core';

export const MIN_PASSWORD = 12;

/** A new password; the browser's own check holds the form back while it is too short. */
export function NewPasswordField({ value, onChange, error }: { value: string; onChange: (value: string) => void; error?: string | undefined }) {
  const { t } = useLingui();
  return (
    <PasswordInput
      label={t`New password`}
      description={t`At least ${MIN_PASSWORD} characters; a sentence is good.`}
      autoComplete="new-password"
      minLength={MIN_PASSWORD}
      required
      withAsterisk={false}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
