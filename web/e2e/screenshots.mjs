/**
 * Photographs every screen of a finished demonstration, in light and dark, English and French.
 *
 *     ./etalon demo --data DIR             # prints a one-time link
 *     node e2e/screenshots.mjs --url http://localhost:8420 --link LINK --to DIR [--only en-light]
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as acts from './acts.mjs';
import { launch, option } from './browser.mjs';

const CLIENT = '/clients/demo';
const TABS = ['overview', 'assets', 'tasks', 'queue', 'review', 'ontology', 'guidelines', 'quality', 'vendors', 'routing', 'jobs', 'releases', 'audit'];
/** What a client has beside its projects, and what only an operator sees. */
const CLIENT_PAGES = ['people', 'vendors', 'pay', 'audit', 'walls', 'ownership', 'residency', 'keys', 'webhooks', 'exit'];
const OPERATOR_PAGES = ['register', 'identity', 'break-glass', 'departures'];
const VARIANTS = ['en-light', 'fr-light', 'en-dark', 'fr-dark'].filter((variant) => option('only', variant) === variant);

const to = option('to');
mkdirSync(to, { recursive: true });
const browser = await launch(option('url'));
const visitor = await browser.person('visitor');
await acts.openLink(visitor, option('link'));
await visitor.id('navigation').waitFor();
const state = await visitor.context.storageState();
const { items } = await (await visitor.context.request.get(`${option('url')}/api/v1${CLIENT}/projects`)).json();
const projectAt = (start) => `${CLIENT}/projects/${items.find(({ name }) => name.startsWith(start)).id}`;
const projects = { clinical: projectAt('Clinical'), coins: projectAt('Coins'), turn: projectAt('Coins: your turn') };
await visitor.context.close();

for (const variant of VARIANTS) {
  const [locale, colorScheme] = variant.split('-');
  const person = await browser.person(variant, { storageState: state, colorScheme, locale });
  await person.go('/settings');
  await person.id('language-switch').first().getByText(locale.toUpperCase()).click();
  await photograph(person, variant);
  const stranger = await browser.person(`${variant}, nobody`, { colorScheme, locale });
  await pages(stranger, variant, { 'sign-in': '/sign-in', link: '/link/some-link' });
  await stranger.context.close();
  await person.context.close();
}
await browser.close();

async function photograph(person, variant) {
  const { page, id } = person;
  await pages(person, variant, {
    work: '/work',
    projects: `${CLIENT}/projects`,
    'new-project': `${CLIENT}/projects/new`,
    'my-pay': '/pay',
    mentions: '/mentions',
    clients: '/clients',
    settings: '/settings',
    'not-found': '/no/such/page',
  });
  await pages(person, variant, Object.fromEntries(CLIENT_PAGES.map((name) => [name, `${CLIENT}/${name}`])));
  await pages(person, variant, Object.fromEntries(OPERATOR_PAGES.map((name) => [name, `/operator/${name}`])));
  for (const [name, at] of Object.entries(projects)) {
    const tabs = name === 'turn' ? ['overview'] : TABS;
    await pages(person, variant, Object.fromEntries(tabs.map((tab) => [`${name}-${tab}`, tab === 'overview' ? at : `${at}/${tab}`])));
  }
  const opened = async (name, hash, button) => {
    await person.go(hash);
    await id(button).first().click();
    await shoot(page, `${name}-${variant}`, false);
    await page.keyboard.press('Escape');
  };
  await opened('invite', `${CLIENT}/people`, 'invite');
  await opened('new-api-key', '/settings', 'new-api-key');
  await opened('new-release', `${projects.coins}/releases`, 'new-release');
  await opened('edit-ontology', `${projects.coins}/ontology`, 'edit-ontology');
  await opened('edit-guidelines', `${projects.coins}/guidelines`, 'edit-guidelines');
  await person.go(`${projects.coins}/tasks`);
  await id('tasks').getByText('coins-row-2.png').click();
  await page.locator('[data-testid^=submission-]').first().waitFor();
  await shoot(page, `task-${variant}`, false);
  await desk(person, variant);
}

async function desk(person, variant) {
  const { page, id } = person;
  await person.go(projects.turn.replace('/clients', '/desk').replace('/projects', ''));
  await id('canvas').waitFor();
  await acts.taskInHand(person);
  await page.waitForTimeout(700);
  if (await page.getByRole('dialog').isVisible()) {
    await shoot(page, `desk-instructions-${variant}`, false);
    await page.keyboard.press('Escape');
  }
  if ((await id('object-count').textContent()) === '0') {
    const picture = await acts.wholeImage(person, { width: 1152, height: 240 });
    await acts.dragBox(picture, [67, 105, 134, 117]);
    await acts.dragBox(picture, [243, 116, 118, 106]);
  }
  await shoot(page, `desk-${variant}`, false);
  await id('keys').click();
  await shoot(page, `desk-keys-${variant}`, false);
  await page.keyboard.press('Escape');
  await id('skip').click();
  await shoot(page, `desk-skip-${variant}`, false);
  await page.keyboard.press('Escape');
}

async function pages(person, variant, list) {
  for (const [name, hash] of Object.entries(list)) {
    await person.go(hash);
    await shoot(person.page, `${name}-${variant}`, true);
  }
}

async function shoot(page, name, fullPage) {
  await page.waitForLoadState('networkidle');
  // Within one document the network is idle for good once it has been: a list that still loads says so.
  // It has to stay away for a moment, since a page that has just begun has not said so yet.
  for (let quiet = 0; quiet < 4; quiet++) {
    await page.waitForTimeout(150);
    const loading = page.getByTestId('loading').first();
    if (await loading.isVisible()) {
      await loading.waitFor({ state: 'detached', timeout: 60_000 });
      quiet = 0;
    }
  }
  await page.screenshot({ path: join(to, `${name}.png`), fullPage });
}
