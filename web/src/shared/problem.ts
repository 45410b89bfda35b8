import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { ApiError } from '@/api/client';

/** Refusals of which the role is not the cause, and those that a person meets in the course of the work. */
const TITLES: Readonly<Record<string, MessageDescriptor>> = {
  wall: msg`A wall keeps you from this work`,
  residency: msg`This may not be done from where it would be`,
  'consent-missing': msg`A text has to be accepted first`,
  'course-missing': msg`A course has to be finished first`,
  'not-in-workforce': msg`Your workforce does not work on this project`,
  'work-paused': msg`Your work in this project is paused`,
  'second-person': msg`Another person has to decide`,
  'exit-by-one-person': msg`Two persons are needed to end a client`,
  'session-required': msg`A key may not do this`,
  'wrong-password': msg`The current password is not right`,
  'queue-closed': msg`The project is paused`,
  'lease-cap': msg`You hold as many tasks as one person may`,
  'not-adjudicated': msg`Nothing is to be adjudicated here now`,
  'slug-taken': msg`This client name is taken`,
  'email-taken': msg`This e-mail address is taken`,
  'code-name-taken': msg`A project with this code name exists`,
  'workforce-name-taken': msg`A workforce has this name`,
  'tasks-changed': msg`There is another number of tasks than expected`,
};

/** What a person is told about a failure: our words for the codes where something can be done, else the server's. */
export function describeProblem(i18n: I18n, error: unknown): { title: string; detail?: string } {
  if (!(error instanceof ApiError)) return { title: i18n._(msg`Something went wrong in this page`), detail: String(error) };
  const detail = error.detail ? { detail: error.detail } : {};
  switch (error.code) {
    case 'offline':
      return { title: i18n._(msg`The server cannot be reached`), detail: i18n._(msg`Check the connection, then try again.`) };
    case 'bad-credentials':
      return { title: i18n._(msg`This e-mail and password do not belong together`) };
    case 'link-spent':
      return { title: i18n._(msg`This link has been used or has expired`) };
    case 'reset-spent':
      return { title: i18n._(msg`This link has been used or has expired`), detail: i18n._(msg`Ask whoever gave it to you for another.`) };
    case 'reset-by-client':
      return { title: i18n._(msg`The person's client does this itself`), detail: i18n._(msg`A requester there makes the link, under People.`) };
    case 'reset-waits':
      return { title: i18n._(msg`This link is not good yet`), ...detail };
    case 'account-disabled':
      return { title: i18n._(msg`This account is switched off`), detail: i18n._(msg`Whoever manages your team can switch it on again.`) };
    case 'second-factor-required':
      return { title: i18n._(msg`A second factor is asked for here`), detail: i18n._(msg`Sign in with a passkey; you make one in your settings.`) };
    case 'sign-in-again':
      return { title: i18n._(msg`This asks for a fresh sign-in`), detail: i18n._(msg`Sign in again, then repeat it.`) };
    case 'csrf':
      return { title: i18n._(msg`The server refused a request from this address`), ...detail };
    case 'key-disabled':
      return { title: i18n._(msg`This client's key is disabled`), ...detail };
    case 'key-refused':
    case 'key-unreachable':
    case 'client-key-missing':
      return { title: i18n._(msg`The keeper of this client's key does not let it be used`), ...detail };
    default:
      break;
  }
  const title = TITLES[error.code];
  if (title) return { title: i18n._(title), ...detail };
  switch (error.status) {
    case 403:
      return { title: i18n._(msg`Your role does not allow this`), ...detail };
    case 404:
      return { title: i18n._(msg`This does not exist, or is not yours to see`) };
    case 429:
      return { title: i18n._(msg`Too many attempts; wait a moment`), ...detail };
    case 503:
      return { title: i18n._(msg`The server is busy; try again shortly`), ...detail };
    default:
      return { title: error.title || i18n._(msg`The server answered with an error (${error.status})`), ...detail };
  }
}
