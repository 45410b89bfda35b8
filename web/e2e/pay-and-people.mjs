/**
 * Who people are, where they are, what they accepted and what they are paid; how an organisation signs its people in; what
 * is taken out of the work and brought back. In the client that the main job made, after the workflows.
 *
 *     node e2e/pay-and-people.mjs --url http://localhost:8420 --downloads DIR
 *
 * Exits 1 at the first thing that does not hold, and when a page complained (see browser.mjs).
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import * as acts from './acts.mjs';
import { eventually, expect, launch, lookAt, option } from './browser.mjs';

const url = option('url');
const CLIENT = '/clients/mint';
const PASSWORD = 'a long sentence that nobody guesses';
/** Where the narrowest console that is promised has its edge. */
const NARROW = { width: 1280, height: 800 };

const browser = await launch(url);
const look = (who, screen) => lookAt(who, screen, browser.complain);
let open;
try {
  await payAndPeople();
} catch (failure) {
  if (open) await open.page.screenshot({ path: join(option('downloads'), 'failure.png') });
  browser.complain(`${failure.stack}${open ? `\n  at ${open.page.url()}; what was seen then: failure.png beside the downloads` : ''}`);
}
await browser.close();

async function payAndPeople() {
  const rosa = await back('rosa@mint.example');
  const ada = await back('ada@mint.example');
  const projects = await projectsOf(rosa);
  await texts(rosa, ada);
  await course(rosa, ada);
  await residency(rosa);
  await licence(rosa, ada);
  await rule(rosa);
  await account(ada);
  await statement(rosa);
  await paid(ada);
  await pauseAndDelete(rosa, projects['Coins in stages']);
  await deleteAndBringBack(rosa, projects['Coins in stages'], 'Coins in stages');
  await provider();
  await inFrench(rosa, projects['Coins in stages']);
}

async function back(email) {
  open = await browser.person(email.split('@')[0]);
  await acts.comeBack(open, email, PASSWORD);
  return open;
}

async function projectsOf({ context }) {
  const { items } = await (await context.request.get(`${url}/api/v1${CLIENT}/projects`)).json();
  return Object.fromEntries(items.map(({ id, name }) => [name, `${CLIENT}/projects/${id}`]));
}

/** A text is asked for; who it concerns reads and accepts it. */
async function texts(rosa, ada) {
  open = rosa;
  await rosa.go(`${CLIENT}/people`);
  await rosa.id('new-document').click();
  const form = rosa.id('document-form');
  await form.getByLabel('Title').fill('Secrecy');
  await form.getByLabel('Text', { exact: true }).fill('## What you see stays here\n\nYou tell **nobody** what is on the pictures.');
  await look(rosa, 'new text to accept');
  await rosa.id('document-save').click();
  await rosa.id('standing-list').getByRole('row', { name: /^Ada/ }).getByText('Missing').waitFor();
  open = ada;
  await ada.go('/work');
  await ada.page.reload();
  await ada.id('first-text').getByRole('heading', { name: 'What you see stays here' }).waitFor();
  await eventually('no work is shown before the text is accepted', () => ada.page.locator('[data-testid^=work-annotate-]').count(), 0);
  await look(ada, 'my work, with a text to accept first');
  await ada.go('/settings');
  await ada.id('consent-consent').getByText('To accept').waitFor();
  await ada.id('consent-read').press('Enter');
  await ada.page.getByRole('heading', { name: 'What you see stays here' }).waitFor();
  await look(ada, 'a text to accept');
  await ada.id('consent-accept').click();
  await ada.id('consent-consent').getByText('Accepted').waitFor();
  expect('a text is accepted by whom it concerns', true);
}

/** A course is written, stands before the work, and is taken page by page. */
async function course(rosa, ada) {
  open = rosa;
  const form = rosa.id('course-form');
  await rosa.id('new-course').click();
  await form.getByLabel('Title').fill('Reading coins');
  await acts.choose(rosa, rosa.id('course-project'), 'Coins of the hoard');
  await form.getByLabel('Heading').fill('Two sides');
  await form.getByLabel('Text', { exact: true }).fill('The **obverse** bears the portrait.');
  await rosa.id('add-question').click();
  await form.getByLabel('Question', { exact: true }).fill('Which side bears the portrait?');
  await form.getByLabel('Answer 1', { exact: true }).fill('The obverse');
  await form.getByLabel('Answer 2', { exact: true }).fill('The reverse');
  await form.getByLabel('Answer 1 is right').check();
  await look(rosa, 'new course');
  await rosa.id('course-save').press('Enter');
  await rosa.id('course-progress').getByRole('row', { name: /^Ada/ }).getByText('Not begun').waitFor();
  await look(rosa, 'courses');
  open = ada;
  const { page, id, go } = ada;
  await go('/work');
  await page.reload();
  await id('take-course').waitFor();
  await look(ada, 'my work, with a course to take first');
  await id('take-course').click();
  await page.getByLabel('The reverse').check();
  await id('course-next').press('Enter');
  await page.getByText('Not yet right. Read the page again.').waitFor();
  await look(ada, 'a course');
  await page.getByLabel('The obverse').check();
  await id('course-next').press('Enter');
  await id('course-finished').waitFor();
  expect('a course stands before the work until it is finished', true);
}

/** A list of countries tells whom it would stop before it does, and is taken back. */
async function residency(rosa) {
  open = rosa;
  const { page, id, go } = rosa;
  await go('/settings');
  await livesInFrance(rosa);
  await go(`${CLIENT}/residency`);
  await id('empty').waitFor();
  await look(rosa, 'residency, none');
  await id('new-residency').click();
  await acts.choose(rosa, id('residency-form').getByRole('combobox', { name: 'Countries' }), 'France');
  await page.keyboard.press('Escape');
  await id('residency-what-if').press('Enter');
  await id('residency-stops').getByText(/^It would stop \d people at once/).waitFor();
  await look(rosa, 'whom residency would stop');
  await id('residency-on').press('Enter');
  await id('residency-people').getByText('In force').waitFor();
  await look(rosa, 'residency');
  await id('residency-people').getByRole('button').press('Enter');
  await id('residency-form').getByRole('button', { name: 'Switch it off' }).press('Enter');
  await id('residency-people').getByText('Switched off').waitFor();
  expect('a list of countries is put in force and taken back', true);
}

async function livesInFrance({ page, id }) {
  await acts.choose({ page }, id('residence'), 'France');
  for (const day of [0, 1, 2, 3]) await id(`hours-${day}`).fill('7.5');
  await id('add-skill').press('Enter');
  await id('skill-0').fill('numismatics');
  await id('save-description').press('Enter');
  await page.getByText('What you say of yourself is saved').first().waitFor();
}

/** A licence is shown by its holder and verified by who arranges the work. */
async function licence(rosa, ada) {
  open = ada;
  await ada.go('/settings');
  await livesInFrance(ada);
  const form = ada.id('licence-form');
  await form.getByLabel('Kind').fill('assayer');
  await acts.choose(ada, form.getByRole('combobox', { name: 'Issued in' }), 'France');
  await form.getByLabel('Number').fill('75-0042');
  await form.getByLabel('Valid from').fill('2020-01-01');
  await form.getByRole('button', { name: 'Show it' }).press('Enter');
  await ada.id('licence-list').getByText('Not looked at yet').waitFor();
  await look(ada, 'settings of somebody at work');
  open = rosa;
  await rosa.go(`${CLIENT}/people`);
  await rosa.page.reload();
  await rosa.page.getByRole('button', { name: '1 licence of Ada' }).press('Enter');
  await rosa.page.getByRole('button', { name: 'Verify: assayer' }).press('Enter');
  await rosa.id('person-licences').getByText('Verified').waitFor();
  await look(rosa, 'licences of a person');
  await rosa.page.keyboard.press('Escape');
  await look(rosa, 'how people stand');
  expect('a licence is shown and verified', true);
}

/** The first rule pays what was done before it. */
async function rule(rosa) {
  open = rosa;
  const { id, go } = rosa;
  await go(`${CLIENT}/pay`);
  await id('pay-rules').getByText(/^None yet/).waitFor();
  await look(rosa, 'pay, none');
  await acts.choose(rosa, id('pay-project'), 'Coins of the hoard');
  await id('edit-rule').press('Enter');
  await id('rule-amount').fill('0.125');
  await id('rule-form').getByLabel("A reviewer's decision").fill('0.05');
  await id('add-floor').press('Enter');
  await acts.choose(rosa, id('floor-country-0'), 'Japan');
  await id('floor-amount-0').fill('12');
  await look(rosa, 'rule of pay');
  await id('save-rule').press('Enter');
  await id('rule-list').waitFor();
  await id('entry-list').getByText('Answers').first().waitFor();
  expect('the first rule pays what was done before it', true);
}

/** What was earned; where it shall go. */
async function account(ada) {
  open = ada;
  const { page, id, go } = ada;
  await go('/pay');
  await page.reload();
  await id('open-EUR').waitFor();
  await id('legal-name').fill('Ada Lovelace');
  await acts.choose(ada, id('country'), 'France');
  await id('address').fill('1 rue de la Monnaie, Paris');
  await id('account').fill('FR14 2004 1010 0505 0001 3M02 607');
  ada.forgiven.add('400 /api/v1/me/identity');
  await id('save-identity').press('Enter');
  await id('identity').getByText(/check digits/).first().waitFor();
  await id('account').fill('FR14 2004 1010 0505 0001 3M02 606');
  await id('save-identity').press('Enter');
  await id('looks').getByText('Nobody but you has looked at it.').waitFor();
  await look(ada, 'my pay');
  await go('/work');
  await page.reload();
  await page.locator('[data-testid^=work-annotate-]').first().waitFor();
  await look(ada, 'my work, with what it pays');
  expect('name and account are in the vault', true);
}

/** The month is closed, and its payment noted; whom it pays, a requester knows by an alias alone. */
async function statement(rosa) {
  open = rosa;
  const { id } = rosa;
  await id('close-month').press('Enter');
  await id('confirm-act').evaluate((button) => button.click());
  await id('statement-list').waitFor();
  await look(rosa, 'pay');
  await id('statement-list').getByRole('row', { name: /€0\.38/ }).getByRole('button', { name: 'Note payment' }).press('Enter');
  await id('payment-reference').fill('SEPA 42');
  await look(rosa, 'payment of a statement');
  await id('confirm-act').evaluate((button) => button.click());
  await id('statement-list').getByText(/^paid/).waitFor();
  expect('a month is closed and paid', true);
}

async function paid(ada) {
  open = ada;
  await ada.go('/pay');
  await ada.page.reload();
  await ada.id('my-statements').getByText(/^paid/).waitFor();
  await look(ada, 'my pay, paid');
}

/** A batch waits for a while; its tasks are deleted and brought back. */
async function pauseAndDelete(rosa, at) {
  open = rosa;
  const { id, go } = rosa;
  await go(`${at}/queue`);
  await id('pause-batch-1').press('Enter');
  await id('batch-1').getByText('paused').waitFor();
  const deletions = id('deletions');
  await id('preview-deletion').press('Enter');
  await id('deletion-preview').getByText('1 task would be deleted').waitFor();
  await look(rosa, 'deletion with its preview, batch that waits');
  await id('run-deletion').press('Enter');
  await deletions.getByText(/^Kept until/).waitFor();
  await look(rosa, 'what was deleted');
  await deletions.getByRole('button', { name: 'Undo' }).press('Enter');
  await deletions.getByText(/^Brought back on/).waitFor();
  await id('pause-batch-1').press('Enter');
  await id('batch-1').getByText('paused').waitFor({ state: 'detached' });
  expect('a task is deleted and brought back', true);
}

/** Assets, and then the whole project, are deleted and brought back. */
async function deleteAndBringBack(rosa, at, name) {
  open = rosa;
  const { id, go, forgiven } = rosa;
  await go(`${at}/assets`);
  const assets = id('delete-assets');
  await assets.getByLabel('Name, * for anything').fill('*');
  await id('preview-asset-deletion').press('Enter');
  await id('asset-deletion-preview').getByText(/would be deleted$/).waitFor();
  await look(rosa, 'deletion of assets with its preview');
  await id('run-asset-deletion').press('Enter');
  await assets.getByText(/^Kept until/).waitFor();
  await look(rosa, 'deleted assets');
  await assets.getByRole('button', { name: 'Undo' }).press('Enter');
  await assets.getByText(/^Brought back on/).waitFor();
  await go(at);
  await id('preview-project-deletion').press('Enter');
  await id('delete-project').getByLabel(/^Type the project's name/).fill(name);
  await look(rosa, 'deletion of a project by its name');
  // The page may hear of the deletion before it has left the project.
  for (const place of ['', '/events', '/batches']) forgiven.add(`404 /api/v1${at}${place}`);
  await id('run-project-deletion').press('Enter');
  const deleted = id('deleted-projects');
  await deleted.getByText(/^Kept until/).waitFor();
  await look(rosa, 'deleted projects');
  await deleted.getByRole('button', { name: 'Undo' }).press('Enter');
  await deleted.getByText(/^Brought back on/).waitFor();
  await id('projects').getByRole('link', { name }).waitFor();
  expect('assets and a project are deleted and brought back', true);
}

/** An organisation's own sign-in: entered, on the page for all, with a token for its directory, and removed. */
async function provider() {
  const directory = await issuer();
  const odile = await back('operator@localhost');
  const { page, id, go } = odile;
  await go('/operator/identity');
  await id('empty').waitFor();
  await look(odile, 'identity providers, none');
  await id('new-provider').first().click();
  const form = id('provider-form');
  await form.getByLabel('Name').fill('Mint directory');
  await form.getByLabel('Issuer').fill(directory.issuer);
  await form.getByLabel('Client id').fill('etalon');
  await form.getByLabel('E-mail domains of the organisation').fill('mint.example');
  await form.getByLabel('Groups and roles').fill('assayers = mint annotator');
  await look(odile, 'new identity provider');
  await form.getByRole('button', { name: 'Save' }).press('Enter');
  await id('provider-list').getByText('Mint directory').waitFor();
  await directory.close();
  await look(odile, 'identity providers');
  await page.getByRole('button', { name: 'Tokens of Mint directory' }).press('Enter');
  await id('scim-token-form').getByLabel('Name').fill('Nightly');
  await page.keyboard.press('Enter');
  await id('scim-token-secret').waitFor();
  await page.getByRole('button', { name: 'Done' }).press('Enter');
  await id('scim-tokens').getByText('Nightly').waitFor();
  await look(odile, 'tokens of a directory');
  await page.keyboard.press('Escape');
  open = await browser.person('nobody');
  await open.go('/sign-in?refused=foreign');
  await open.id('sign-in-provider').getByText('Sign in with Mint directory').waitFor();
  await look(open, 'sign in, by an organisation');
  open = odile;
  await page.getByRole('button', { name: 'Remove: Mint directory' }).press('Enter');
  await id('confirm-act').evaluate((button) => button.click());
  await id('empty').waitFor();
  expect('an identity provider is entered and removed', true);
}

/** What a provider says of itself (OpenID Connect Discovery 1.0, section 4.2). */
async function issuer() {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(
      JSON.stringify({
        issuer: at(),
        authorization_endpoint: `${at()}/authorize`,
        token_endpoint: `${at()}/token`,
        jwks_uri: `${at()}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      }),
    );
  });
  const at = () => `http://127.0.0.1:${server.address().port}`;
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { issuer: at(), close: () => new Promise((closed) => server.close(closed).closeAllConnections()) };
}

/** The longer of the two languages, in the narrowest console. */
async function inFrench(rosa, at) {
  open = rosa;
  const { page, id, go } = rosa;
  await page.setViewportSize(NARROW);
  await id('language-switch').first().getByText('FR').click();
  await page.getByRole('link', { name: 'Mes réglages' }).waitFor();
  await go(at);
  const tabs = id('tab-audit').locator('..');
  await eventually('the parts of a project stand in one row in French', () => tabs.evaluate((row) => row.scrollWidth <= row.clientWidth), true);
  for (const screen of [`${at}/queue`, `${CLIENT}/people`, `${CLIENT}/pay`, `${CLIENT}/residency`, '/settings']) {
    await go(screen);
    await page.waitForLoadState('networkidle');
    await eventually(`${screen.split('/').at(-1)} needs no scrolling sideways`, () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await look(rosa, `${screen.split('/').at(-1)}, French, narrow`);
  }
}
