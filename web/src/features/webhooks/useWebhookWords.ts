import { useLingui } from '@lingui/react/macro';
import type { Webhook, WebhookDelivery } from '@/api/types';

/** The events that can be told, as the API names them. */
const KINDS = [
  'project.changed',
  'assets.added',
  'tasks.planned',
  'work.done',
  'job.changed',
  'release.changed',
  'ownership.changed',
  'wall.changed',
  'routing.changed',
  'vendor.drained',
  'break-glass.changed',
  'key.changed',
] as const;

/** What the names in the API mean, for people. */
export function useWebhookWords() {
  const { t } = useLingui();
  const kinds: Record<string, string> = {
    'project.changed': t`A project changed`,
    'assets.added': t`Assets came in`,
    'tasks.planned': t`Tasks were planned`,
    'work.done': t`Work was done`,
    'job.changed': t`A job moved on`,
    'release.changed': t`A release was begun or ended`,
    'ownership.changed': t`A vendor's ownership changed`,
    'wall.changed': t`A wall closed or opened`,
    'routing.changed': t`Work was divided anew`,
    'vendor.drained': t`A workforce was drained`,
    'break-glass.changed': t`An operator asked to look`,
    'key.changed': t`The client's key changed`,
    'webhook.test': t`A test`,
  };
  const disabled: Record<NonNullable<Webhook['disabled']>, string> = {
    'by-hand': t`Disabled by hand`,
    gone: t`Disabled: it answered that it is gone (410)`,
    failing: t`Disabled: a message was given up after ten tries, and nothing else got through`,
  };
  const states: Record<WebhookDelivery['state'], string> = { waiting: t`Waiting`, delivered: t`Delivered`, failed: t`Given up` };
  const faults: Record<string, string> = {
    'unknown-host': t`No such host`,
    'forbidden-address': t`An address that this server does not call`,
    'no-connection': t`No connection`,
    tls: t`The certificate was refused`,
    'time-out': t`No answer in time`,
    'not-http': t`An answer that is not HTTP`,
  };
  return { kinds, disabled, states, faults, choices: KINDS.map((value) => ({ value, label: kinds[value] ?? value })) };
}
