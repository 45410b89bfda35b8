/**
 * Accounts in a real browser: a second factor that a client asks for, from the refusal through the first passkey to the way in;
 * own sessions; and an account that is set up anew by a link.
 *
 *     node e2e/accounts.mjs --url http://localhost:8420 [--link <set-up link>] [--shots DIR]
 *
 * Without a link the installation is one that main-job.mjs has set up.
 */
import * as acts from './acts.mjs';
import { eventually, expect, launch, lookAt, option } from './browser.mjs';

const CLIENT = 'vault';
const PASSWORD = 'a long sentence that nobody guesses';
const browser = await launch(option('url'));
const look = (who, screen) => lookAt(who, screen, browser.complain);
/** What a session without the second factor is told on its way to the page that explains it. */
const SHUT = ['/projects', '', '/people', '/access/break-glass'].map((place) => `403 /api/v1/clients/${CLIENT}${place}`);
let open;
try {
  await accounts();
} catch (failure) {
  browser.complain(`${failure.stack}${open ? `\n  at ${open.page.url()}` : ''}`);
}
await browser.close();

async function newPerson(name, options) {
  open = await browser.person(name, options);
  for (const refusal of [...SHUT, '403 /api/v1/me/mentions', '403 /api/v1/work', '403 /api/v1/mentions']) open.forgiven.add(refusal);
  return open;
}

async function accounts() {
  const operator = await newPerson('operator');
  const setUp = option('link', '');
  if (setUp === '') await acts.comeBack(operator, 'operator@localhost', PASSWORD);
  else await acts.openLink(operator, setUp, { name: 'Odile', password: PASSWORD });
  const link = await acts.makeClient(operator, { name: 'The Vault', slug: CLIENT, requester: 'vera@vault.example' });
  const requester = await newPerson('requester');
  await acts.acceptInvitation(requester, link, { name: 'Vera', password: PASSWORD });
  const annotatorLink = await acts.invite(requester, CLIENT, 'ada@vault.example', ['Annotator', 'Reviewer']);
  const annotator = await newPerson('annotator', { colorScheme: 'dark' });
  await acts.acceptInvitation(annotator, annotatorLink, { name: 'Ada', password: PASSWORD });
  await asksForASecondFactor(requester);
  await comesInByAPasskey(annotator);
  await seesItsSessions(annotator);
  await isSetUpAnew(operator, requester);
}

async function withAuthenticator({ page, context }) {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
}

async function makePasskey({ page, id }) {
  await id('passkey-form').getByRole('textbox').fill('Laptop');
  await id('passkey-form').getByRole('button').click();
  await id('passkeys').waitFor();
  await id('prove-passkey').click();
  await id('prove-passkey').waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
}

async function asksForASecondFactor(requester) {
  open = requester;
  const { id, go } = requester;
  await withAuthenticator(requester);
  await go(`/clients/${CLIENT}/people`);
  const rule = id('second-factor-rule').getByRole('switch');
  await rule.waitFor();
  expect('nobody shuts himself out', await rule.isDisabled());
  await id('second-factor-rule').scrollIntoViewIfNeeded();
  await look(requester, 'second factor, not to be switched on');
  await go('/settings');
  await makePasskey(requester);
  await go(`/clients/${CLIENT}/people`);
  await rule.press('Space');
  await id('second-factor-rule').getByText('1 person here has no passkey yet.').waitFor();
  await eventually('a client asks for a second factor', () => rule.isChecked(), true);
}

async function comesInByAPasskey(annotator) {
  open = annotator;
  const { page, id, go } = annotator;
  await withAuthenticator(annotator);
  await page.reload();
  await id('second-factor').waitFor();
  await look(annotator, 'second factor asked for');
  await id('second-factor-make').click();
  await id('passkey-form').waitFor();
  await look(annotator, 'settings without the second factor');
  await makePasskey(annotator);
  await go('/work');
  await page.getByRole('heading', { name: 'My work' }).waitFor();
  expect('a passkey opens what is shut', (await id('second-factor').count()) === 0);
}

async function seesItsSessions(annotator) {
  open = annotator;
  const { id, go } = annotator;
  await go('/settings');
  await id('sessions').getByText('two factors').waitFor();
  await id('sessions').scrollIntoViewIfNeeded();
  await look(annotator, 'own sessions');
}

async function isSetUpAnew(operator, requester) {
  open = operator;
  await operator.go('/operator/accounts');
  await operator.id('account-email').fill('ada@');
  await operator.id('account-list').getByText('ada@').first().waitFor();
  await look(operator, 'accounts');
  open = requester;
  const { page, id, go } = requester;
  await go(`/clients/${CLIENT}/people`);
  await page.getByRole('button', { name: 'Ada', exact: true }).click();
  await id('member-account').getByTestId('reset-account').click();
  await page.getByRole('checkbox', { name: 'The passkeys are lost: take them away' }).check();
  await look(requester, 'a link for a lost passkey');
  await id('confirm-act').click();
  const link = await id('reset-link').textContent();
  await look(requester, 'a link that is shown once');
  await page.getByRole('button', { name: 'Done' }).click();
  open = await newPerson('ada anew', { locale: 'fr' });
  await open.page.goto(link);
  await open.id('reset-form').locator('input').first().fill('another long sentence of hers');
  await look(open, 'set up anew, in French');
  await open.id('reset-save').click();
  await open.id('second-factor').waitFor();
  await look(open, 'second factor, in French');
  await open.id('second-factor-make').click();
  await withAuthenticator(open);
  await open.id('account-notices').waitFor();
  expect('who is set up anew is told', (await open.id('account-notices').locator('li').count()) === 2);
  await makePasskey(open);
  await look(open, 'told, in French');
  await open.id('account-notices').getByRole('button').click();
  await open.id('account-notices').waitFor({ state: 'detached' });
}
