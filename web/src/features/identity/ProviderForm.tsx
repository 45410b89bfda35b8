import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api, path } from '@/api/client';
import type { IdentityProvider } from '@/api/types';
import { CopyField } from '@/shared/CopyField';
import { ProblemAlert } from '@/shared/ProblemAlert';

type Kind = IdentityProvider['kind'];

const words = (text: string) => text.split(/[\s,]+/).filter(Boolean);

/** One rule a line: group = client role. */
const readRules = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => {
      const cut = line.lastIndexOf('=');
      const [client = '', role = '', workforce] = words(line.slice(cut + 1));
      return { group: line.slice(0, Math.max(0, cut)).trim(), client, role, ...(workforce ? { workforce } : {}) };
    });

const writeRules = (provider: IdentityProvider | null) =>
  (provider?.groups ?? []).map((rule) => `${rule.group} = ${rule.client} ${rule.role}${rule.workforce ? ` ${rule.workforce}` : ''}`).join('\n');

export function ProviderForm({ provider, onDone }: { provider: IdentityProvider | null; onDone: () => void }) {
  const { t } = useLingui();
  const [kind, setKind] = useState<Kind>(provider?.kind ?? 'oidc');
  const [fields, setFields] = useState({
    name: provider?.name ?? '',
    issuer: provider?.issuer ?? '',
    clientId: provider?.clientId ?? '',
    secret: '',
    scopes: provider?.scopes.join(' ') ?? 'email profile',
    groupsClaim: provider?.groupsClaim ?? '',
    domains: provider?.domains.join(' ') ?? '',
    serves: provider?.serves?.join(' ') ?? '',
    signOnUrl: provider?.saml?.signOnUrl ?? '',
    certificates: provider?.saml?.certificates?.join('\n\n') ?? '',
    emailAttribute: provider?.saml?.emailAttribute ?? '',
    strong: provider?.strong.join(' ') ?? '',
    rules: writeRules(provider),
  });
  const [creates, setCreates] = useState(provider?.createsPeople ?? false);
  const [enabled, setEnabled] = useState(provider?.enabled ?? true);
  const save = useMutation({
    mutationFn: () => {
      const body = {
        kind,
        name: fields.name.trim(),
        enabled,
        domains: words(fields.domains),
        createsPeople: creates,
        groups: readRules(fields.rules),
        ...(fields.serves.trim() ? { serves: words(fields.serves) } : {}),
        ...(kind !== 'directory' ? { issuer: fields.issuer.trim() } : {}),
        ...(kind !== 'directory' && fields.groupsClaim.trim() ? { groupsClaim: fields.groupsClaim.trim() } : {}),
        ...(kind !== 'directory' ? { strong: words(fields.strong) } : {}),
        ...(kind === 'oidc' ? { clientId: fields.clientId.trim(), scopes: words(fields.scopes), ...(fields.secret ? { secret: fields.secret } : {}) } : {}),
        ...(kind === 'saml'
          ? { saml: { signOnUrl: fields.signOnUrl.trim(), certificates: fields.certificates.split(/\n\s*\n/).filter((one) => one.trim()), emailAttribute: fields.emailAttribute.trim() } }
          : {}),
      };
      return provider ? api.put<IdentityProvider>(path('operator', 'identity-providers', provider.id), body) : api.post<IdentityProvider>('/operator/identity-providers', body);
    },
    onSuccess: onDone,
  });
  const problem = save.error instanceof ApiError ? save.error : null;
  const field = (name: keyof typeof fields, pointer = `/${name}`) => ({
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setFields((old) => ({ ...old, [name]: value }));
    },
    error: problem?.faultsAt(pointer)[0],
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="provider-form">
      <Stack gap="sm">
        {provider ? <CopyField label={t`Enter this at the provider`} value={provider.callback} /> : null}
        {provider?.metadata ? <CopyField label={t`Our metadata`} value={provider.metadata} /> : null}
        <Group grow align="flex-start">
          <TextInput label={t`Name`} description={t`What the button says`} required withAsterisk={false} {...field('name')} />
          <Select
            label={t`Kind`}
            description={t`How the provider speaks`}
            allowDeselect={false}
            disabled={provider !== null}
            data={[
              { value: 'oidc', label: 'OpenID Connect' },
              { value: 'saml', label: 'SAML 2' },
              { value: 'directory', label: t`Directory (SCIM)` },
            ]}
            value={kind}
            onChange={(value) => setKind((value ?? 'oidc') as Kind)}
          />
        </Group>
        {kind === 'oidc' ? (
          <>
            <TextInput label={t`Issuer`} placeholder="https://login.example.org" required withAsterisk={false} {...field('issuer')} />
            <Group grow align="flex-start">
              <TextInput label={t`Client id`} required withAsterisk={false} {...field('clientId')} />
              <TextInput label={t`Client secret`} type="password" autoComplete="off" placeholder={provider?.hasSecret ? t`kept as it is` : ''} {...field('secret')} />
            </Group>
            <Group grow align="flex-start">
              <TextInput label={t`Scopes`} {...field('scopes')} />
              <TextInput label={t`Claim with the groups`} {...field('groupsClaim')} />
            </Group>
          </>
        ) : null}
        {kind === 'saml' ? (
          <>
            <TextInput label={t`Entity id of the provider`} required withAsterisk={false} {...field('issuer')} />
            <TextInput label={t`Sign-on address`} required withAsterisk={false} {...field('signOnUrl', '/saml/signOnUrl')} />
            <Textarea label={t`Certificates`} description={t`PEM; an empty line between two. Any of them may sign.`} autosize minRows={3} maxRows={8} {...field('certificates', '/saml/certificates')} />
            <Group grow align="flex-start">
              <TextInput label={t`Attribute with the address`} {...field('emailAttribute', '/saml/emailAttribute')} />
              <TextInput label={t`Attribute with the groups`} {...field('groupsClaim')} />
            </Group>
          </>
        ) : null}
        <Group grow align="flex-start">
          <TextInput label={t`E-mail domains of the organisation`} placeholder="example.org" {...field('domains')} />
          <TextInput label={t`Clients it serves`} description={t`Short names; empty for all`} inputWrapperOrder={['label', 'input', 'description', 'error']} {...field('serves')} />
        </Group>
        {kind !== 'directory' ? (
          <TextInput
            label={t`What it says of a second factor`}
            description={kind === 'saml' ? t`AuthnContextClassRef of such a sign-in; empty: its word is never taken for one` : t`Values of acr or amr, such as mfa hwk otp+pwd; empty: its word is never taken for one`}
            {...field('strong')}
          />
        ) : null}
        <Textarea
          label={t`Groups and roles`}
          description={t`One a line: group = client role, and a workforce's id if there is one`}
          placeholder={t`annotators = acme annotator`}
          autosize
          minRows={2}
          {...field('rules', '/groups')}
        />
        {kind !== 'directory' ? <Switch label={t`Add people of these domains at their first sign-in`} checked={creates} onChange={(event) => setCreates(event.currentTarget.checked)} /> : null}
        <Switch label={t`Switched on`} checked={enabled} onChange={(event) => setEnabled(event.currentTarget.checked)} />
        <ProblemAlert error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
