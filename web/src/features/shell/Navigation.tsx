import { Trans, useLingui } from '@lingui/react/macro';
import { Burger, Group } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { clientsOf, holds, isOperator, rolesIn, useSession } from '@/api/session';
import type { Session } from '@/api/types';
import { Mark } from '@/design/Logo';
import { IconAudit, IconClients, IconEye, IconExit, IconGlobe, IconKey, IconMention, IconOwners, IconPay, IconPeople, IconProjects, IconSettings, IconVendors, IconWall, IconWebhook, IconWork } from '@/design/icons';
import { MentionCount } from './MentionCount';
import { ClientSwitcher } from './ClientSwitcher';
import { lastClient, rememberClient } from './last-client';
import { PersonMenu } from './PersonMenu';
import classes from './shell.module.css';

/** What a person may go to, by the roles he holds in the client he looks at. */
export function Navigation({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const session = useSession();
  const here = useParams({ strict: false }).client;
  const clients = clientsOf(session);
  const wanted = here ?? lastClient();
  const client = clients.find((c) => c.slug === wanted) ?? clients[0];
  useEffect(() => {
    if (here) rememberClient(here);
  }, [here]);
  return (
    <>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Link to="/" className={classes['brand']} aria-label={t`Etalon, to the start`}>
          <Mark size={28} />
          <span className={classes['wordmark']}>Etalon</span>
        </Link>
        <Burger hiddenFrom="sm" opened={opened} onClick={onClose} size="sm" aria-label={t`Close navigation`} />
      </Group>
      <nav aria-label={t`Main`} className={classes['places']}>
        {worksSomewhere(session) ? (
          <NavItem to="/work" icon={<IconWork />} testId="nav-work">
            <Trans>My work</Trans>
          </NavItem>
        ) : null}
        {worksSomewhere(session) ? (
          <NavItem to="/pay" icon={<IconPay />} testId="nav-my-pay">
            <Trans>My pay</Trans>
          </NavItem>
        ) : null}
        {clients.length > 0 ? (
          <NavItem to="/mentions" icon={<IconMention />} testId="nav-mentions">
            <Trans>Mentions</Trans>
            <MentionCount />
          </NavItem>
        ) : null}
        {isOperator(session) ? (
          <NavItem to="/clients" icon={<IconClients />} testId="nav-clients" exact>
            <Trans>Clients</Trans>
          </NavItem>
        ) : null}
        {isOperator(session) ? <OperatorItems /> : null}
        {client ? <ClientSection session={session} clients={clients} client={client} /> : null}
      </nav>
      <div className={classes['foot']}>
        <NavItem to="/settings" icon={<IconSettings />} testId="nav-settings">
          <Trans>My settings</Trans>
        </NavItem>
        <PersonMenu />
      </div>
    </>
  );
}

/** What only an operator does besides: the register of owners, looking in, clients that have left. */
function OperatorItems() {
  return (
    <>
      <NavItem to="/operator/register" icon={<IconOwners />} testId="nav-register">
        <Trans>Register of owners</Trans>
      </NavItem>
      <NavItem to="/operator/identity" icon={<IconKey />} testId="nav-identity">
        <Trans>Identity providers</Trans>
      </NavItem>
      <NavItem to="/operator/accounts" icon={<IconPeople />} testId="nav-accounts">
        <Trans>Accounts</Trans>
      </NavItem>
      <NavItem to="/operator/break-glass" icon={<IconEye />} testId="nav-break-glass">
        <Trans>Break-glass</Trans>
      </NavItem>
      <NavItem to="/operator/departures" icon={<IconExit />} testId="nav-departures">
        <Trans>Departures</Trans>
      </NavItem>
    </>
  );
}

function worksSomewhere(session: Session): boolean {
  return session.roles.some((grant) => grant.role === 'annotator' || grant.role === 'reviewer');
}

interface SectionProps {
  session: Session;
  clients: ReturnType<typeof clientsOf>;
  client: { slug: string; name: string };
}

function ClientSection({ session, clients, client }: SectionProps) {
  const params = { client: client.slug };
  const onlyAnnotates = rolesIn(session, client.slug).every((role) => role === 'annotator');
  if (onlyAnnotates) return null;
  return (
    <>
      <div className={classes['section']}>
        <Trans>Client</Trans>
      </div>
      <ClientSwitcher clients={clients} current={client} />
      {holds(session, client.slug, 'requester', 'quality_lead', 'reviewer', 'auditor') ? (
        <NavItem to="/clients/$client/projects" params={params} icon={<IconProjects />} testId="nav-projects">
          <Trans>Projects</Trans>
        </NavItem>
      ) : null}
      {holds(session, client.slug, 'requester', 'workforce_manager', 'quality_lead') ? (
        <NavItem to="/clients/$client/people" params={params} icon={<IconPeople />} testId="nav-people">
          <Trans>People</Trans>
        </NavItem>
      ) : null}
      {holds(session, client.slug, 'requester', 'quality_lead', 'auditor', 'workforce_manager') ? (
        <NavItem to="/clients/$client/vendors" params={params} icon={<IconVendors />} testId="nav-vendors">
          <Trans>Vendors</Trans>
        </NavItem>
      ) : null}
      {holds(session, client.slug, 'requester', 'auditor', 'workforce_manager') ? (
        <NavItem to="/clients/$client/pay" params={params} icon={<IconPay />} testId="nav-pay">
          <Trans>Pay</Trans>
        </NavItem>
      ) : null}
      {holds(session, client.slug, 'requester', 'auditor') ? (
        <NavItem to="/clients/$client/audit" params={params} icon={<IconAudit />} testId="nav-audit">
          <Trans>Audit log</Trans>
        </NavItem>
      ) : null}
      <ProtectionItems session={session} client={client.slug} />
    </>
  );
}

/** What protects the client: who may not work for it, who owns its vendors, its keys, who is told, and the way out. */
function ProtectionItems({ session, client }: { session: Session; client: string }) {
  const params = { client };
  return (
    <>
      {holds(session, client, 'requester', 'quality_lead', 'auditor') ? (
        <>
          <NavItem to="/clients/$client/walls" params={params} icon={<IconWall />} testId="nav-walls">
            <Trans>Walls</Trans>
          </NavItem>
          <NavItem to="/clients/$client/ownership" params={params} icon={<IconOwners />} testId="nav-ownership">
            <Trans>Ownership</Trans>
          </NavItem>
          <NavItem to="/clients/$client/residency" params={params} icon={<IconGlobe />} testId="nav-residency">
            <Trans>Residency</Trans>
          </NavItem>
        </>
      ) : null}
      {holds(session, client, 'requester', 'auditor') ? (
        <>
          <NavItem to="/clients/$client/keys" params={params} icon={<IconKey />} testId="nav-keys">
            <Trans>Keys and access</Trans>
          </NavItem>
          <NavItem to="/clients/$client/webhooks" params={params} icon={<IconWebhook />} testId="nav-webhooks">
            <Trans>Webhooks</Trans>
          </NavItem>
          <NavItem to="/clients/$client/exit" params={params} icon={<IconExit />} testId="nav-exit">
            <Trans>Leaving</Trans>
          </NavItem>
        </>
      ) : null}
    </>
  );
}

interface ItemProps {
  to:
    | '/work'
    | '/mentions'
    | '/pay'
    | '/clients'
    | '/settings'
    | `/operator/${'register' | 'identity' | 'accounts' | 'break-glass' | 'departures'}`
    | `/clients/$client/${'projects' | 'people' | 'vendors' | 'pay' | 'audit' | 'walls' | 'ownership' | 'residency' | 'keys' | 'webhooks' | 'exit'}`;
  params?: { client: string };
  icon: ReactNode;
  testId: string;
  exact?: boolean;
  children: ReactNode;
}

function NavItem({ to, params, icon, testId, exact = false, children }: ItemProps) {
  return (
    <Link to={to} params={params ?? {}} className={classes['link']} activeOptions={{ exact }} data-testid={testId}>
      {icon}
      <span>{children}</span>
    </Link>
  );
}
