/** Every screen there is, by who sees it: the addresses, and what is opened on them. */
import * as acts from './acts.mjs';
import { caller } from './furnish.mjs';

const DEMO = '/clients/demo';
const CLIENT = '/clients/gpt-maker';
const EMPTY = '/clients/new-maker';
const TABS = ['assets', 'tasks', 'queue', 'review', 'ontology', 'guidelines', 'quality', 'vendors', 'routing', 'jobs', 'releases', 'audit'];
const CLIENT_PAGES = ['people', 'vendors', 'pay', 'audit', 'walls', 'ownership', 'residency', 'keys', 'webhooks', 'exit'];
const OPERATOR_PAGES = ['register', 'identity', 'break-glass', 'departures'];
const SEEN_MS = 240_000;
const PICTURE = { width: 1152, height: 240 };

/** Goes to a page, does what is to be seen on it, and takes it. */
function photographer(person, lens) {
  const { page, go, id } = person;
  return async (name, address, options = {}, act = async () => {}) => {
    if (!lens.takes(name)) return;
    await go(address);
    await act({ ...person, press: (testId) => id(testId).first().click() });
    await lens.shoot(person, name, options);
    lens.opened.add(address);
    if (options.window) await page.keyboard.press('Escape');
  };
}

const DIALOG = { window: true };
const POCKET = { pocket: true };

async function all(take, prefix, base, names) {
  for (const name of names) await take(`${prefix}-${name}`, `${base}/${name}`);
}

export async function nobody(person, lens) {
  const take = photographer(person, lens);
  person.forgiven.add('404 /api/v1/invitations/look-up');
  person.forgiven.add('410 /api/v1/invitations/look-up');
  await take('sign-in', '/sign-in', POCKET);
  await take('sign-in-refused', '/sign-in?refused=foreign', POCKET);
  await take('link', '/link/some-link', POCKET);
  await take('invitation-over', '/invitation/some-token', POCKET);
}

/** The demonstration's visitor holds every role in its client. */
export async function demo(person, lens) {
  const take = photographer(person, lens);
  const project = await projectsOf(person, DEMO);
  const [clinical, coins, turn] = ['Clinical', 'Coins', 'Coins: your turn'].map(project);
  await take('home', '/');
  await take('work', '/work', POCKET);
  await take('mentions', '/mentions', POCKET);
  await take('settings-visitor', '/settings', POCKET);
  await take('not-found', '/no/such/page', POCKET);
  await take('client-home', DEMO);
  await take('projects', `${DEMO}/projects`);
  await take('new-project', `${DEMO}/projects/new`);
  for (const [name, at] of Object.entries({ clinical, coins })) {
    await take(name, at);
    await all(take, name, at, TABS);
  }
  await take('turn', turn);
  await take('new-release', `${coins}/releases`, DIALOG, ({ press }) => press('new-release'));
  await take('edit-ontology', `${coins}/ontology`, DIALOG, ({ press }) => press('edit-ontology'));
  await take('change-labels', `${coins}/ontology`, DIALOG, ({ press }) => press('change-labels'));
  await take('edit-guidelines', `${coins}/guidelines`, DIALOG, ({ press }) => press('edit-guidelines'));
  await take('new-import', `${coins}/jobs`, DIALOG, ({ press }) => press('new-import'));
  await take('new-export', `${coins}/jobs`, DIALOG, ({ press }) => press('new-export'));
  await take('new-batch', `${coins}/queue`, DIALOG, ({ press }) => press('new-batch'));
  const task = async ({ page, id }) => {
    await id('tasks').getByText('coins-row-2.png').click();
    await page.locator('[data-testid^=submission-]').first().waitFor();
  };
  await take('task', `${coins}/tasks`, DIALOG, task);
  for (const tab of ['compare', 'history']) {
    await take(`task-${tab}`, `${coins}/tasks`, DIALOG, async (person) => {
      await task(person);
      await person.press(`tab-${tab}`);
    });
  }
  const desk = turn.replace('/clients', '').replace('/projects', '');
  await take('returned', `/work${desk}/returned`, POCKET);
  await desks(person, lens, desk);
  // No stage of this project's review adjudicates.
  person.forgiven.add(`409 /api/v1${turn}/adjudications`);
  await take('review-desk', `/review${desk}`, DIALOG);
  await take('adjudicate-desk', `/adjudicate${desk}`, DIALOG);
}

async function desks(person, lens, desk) {
  if (!lens.takes('desk')) return;
  const { page, id, go } = person;
  await go(`/desk${desk}`);
  await id('canvas').waitFor();
  await acts.taskInHand(person);
  await page.waitForTimeout(700);
  if (await page.getByRole('dialog').isVisible()) {
    await lens.shoot(person, 'desk-instructions', DIALOG);
    await page.keyboard.press('Escape');
  }
  if ((await id('object-count').textContent()) === '0') {
    const picture = await acts.wholeImage(person, PICTURE);
    await acts.dragBox(picture, [67, 105, 134, 117]);
    await acts.dragBox(picture, [243, 116, 118, 106]);
  }
  await lens.shoot(person, 'desk', DIALOG);
  lens.opened.add(`/desk${desk}`);
  for (const dialog of ['keys', 'skip']) {
    await id(dialog).click();
    await lens.shoot(person, `desk-${dialog}`, DIALOG);
    await page.keyboard.press('Escape');
  }
}

/** Of a client whose wall has closed, and of one at which nothing has happened. */
export async function requester(person, lens, places) {
  const take = photographer(person, lens);
  const { page } = person;
  await all(take, 'client', CLIENT, CLIENT_PAGES);
  await all(take, 'empty', EMPTY, [...CLIENT_PAGES, 'projects']);
  await take('project', places.at);
  await all(take, 'project', places.at, TABS);
  await take('vendor', `${CLIENT}/vendors/${places.vendor}`);
  await take('contract-form', `${CLIENT}/vendors/${places.vendor}`, DIALOG, ({ press }) => press('edit-contract'));
  await take('drain-form', `${CLIENT}/vendors/${places.vendor}`, DIALOG, ({ press }) => press('drain'));
  await take('vendor-stops', `${CLIENT}/vendors`, {}, async ({ id }) => {
    await id('who-stops').click();
    await page.getByRole('option').first().click();
  });
  await take('routing-preview', `${places.at}/routing`, {}, async ({ press, id }) => {
    await press('try-policy');
    await id('outcomes').waitFor();
  });
  await walls(take, page);
  await take('residency-form', `${CLIENT}/residency`, DIALOG, ({ press }) => press('new-residency'));
  await take('webhook', `${CLIENT}/webhooks/${places.webhook}`);
  await take('new-webhook', `${CLIENT}/webhooks`, DIALOG, ({ press }) => press('new-webhook'));
  await take('invite', `${CLIENT}/people`, DIALOG, ({ press }) => press('invite'));
  await take('document-form', `${CLIENT}/people`, DIALOG, ({ press }) => press('new-document'));
  await take('course-form', `${CLIENT}/people`, DIALOG, ({ press }) => press('new-course'));
  await take('pay-rule', `${CLIENT}/pay`, {}, ({ press }) => press('edit-rule'));
  await take('exit-consent', `${CLIENT}/exit`, {}, ({ press }) => press('agree-to-end'));
  await take('deletion-preview', `${places.at}/queue`, {}, async ({ press, id }) => {
    await press('preview-deletion');
    await id('deletion-preview').waitFor();
  });
  await take('project-deletion', places.at, {}, async ({ press, id }) => {
    await press('preview-project-deletion');
    await id('project-deletion-preview').waitFor();
  });
  await audit(take, person);
}

async function walls(take, page) {
  await take('wall-what-if', `${CLIENT}/walls`, DIALOG, async ({ id, press }) => {
    await press('new-wall');
    const form = id('wall-form');
    await form.getByRole('combobox').first().click();
    // Where the workforce has its seat.
    await page.getByRole('option').nth(2).click();
    await form.getByRole('combobox').nth(1).fill('France');
    await page.getByRole('option').first().click();
    await page.keyboard.press('Tab');
    await press('wall-what-if');
    await id('what-if').locator('dl').waitFor();
  });
  await take('wall-form', `${CLIENT}/walls`, DIALOG, ({ press }) => press('new-wall'));
}

/** The questions that the log is asked, of an answer that it holds. */
async function audit(take, person) {
  const entry = await answered(person);
  await take('audit-asset', `${CLIENT}/audit?view=asset&of=${entry.asset}`);
  await take('audit-person', `${CLIENT}/audit?view=person&of=${entry.actor}`);
  await take('audit-outgoing', `${CLIENT}/audit?view=outgoing`);
  await take('audit-exposure', `${CLIENT}/audit?view=exposure`, {}, async ({ page, id }) => {
    await id('exposure').getByRole('combobox').first().click();
    await page.getByRole('option', { name: 'Foundry' }).click();
  });
}

async function answered({ url, context }) {
  const { items } = await (await context.request.get(`${url}/api/v1${CLIENT}/audit/entries?op=SUBMIT&limit=1`)).json();
  const entries = items.map((item) => item.entry ?? item);
  return entries.find(({ asset, actor }) => asset && actor) ?? { asset: 'none', actor: 'none' };
}

export async function operator(person, lens) {
  const take = photographer(person, lens);
  const { page } = person;
  await take('clients', '/clients');
  await take('new-client', '/clients', DIALOG, ({ press }) => press('new-client'));
  await all(take, 'operator', '/operator', OPERATOR_PAGES);
  await take('new-organisation', '/operator/register', DIALOG, ({ press }) => press('new-organisation'));
  await take('new-stake', '/operator/register', DIALOG, ({ press }) => press('new-stake'));
  await take('new-provider', '/operator/identity', DIALOG, ({ press }) => press('new-provider'));
  await take('settings-operator', '/settings', {}, () => page.waitForTimeout(300));
}

/** Somebody of the bought vendor, whose work has ended at four of five clients. */
export async function annotator(person, lens, places) {
  const take = photographer(person, lens);
  await take('annotator-work', '/work', POCKET);
  await take('annotator-pay', '/pay', POCKET);
  await take('annotator-settings', '/settings', POCKET);
  await take('annotator-mentions', '/mentions', POCKET);
  // A course is shown to whom nothing else stands in the way.
  const api = caller(person.url, person);
  const [{ document }] = await api.all(`${CLIENT}/documents/mine`);
  const acceptance = `${CLIENT}/documents/${document.id}/acceptance`;
  await api.put(acceptance, { version: document.version, sha256: document.sha256 });
  await take('annotator-work-course', '/work', POCKET);
  await take('course', `/work/gpt-maker/courses/${places.course}`, POCKET);
  await api.remove(acceptance);
}

/** An auditor of all five clients. */
export async function viewer(person, lens) {
  const take = photographer(person, lens);
  await take('june-after', '/june-2025', {}, ({ page }) => page.locator('[data-testid^=june-] figure').first().waitFor({ timeout: SEEN_MS }));
  await take('auditor-audit', `${CLIENT}/audit`);
}

/** June 2025 while it happens, in windows that stand open all the time. */
export async function june(watchers, lens, ended) {
  for (const { go, forgiven } of watchers) {
    // Who looks at five clients from two windows has more streams than one person may; and one of the clients leaves.
    forgiven.add(/^429 .*\/events$/).add(/^404 .*\/clients\/gemini-maker\//);
    await go('/june-2025');
  }
  for (const person of watchers) {
    await person.page.locator('[data-testid^=june-][data-state]:not(:has(figure))').first().waitFor({ state: 'detached', timeout: SEEN_MS });
    await lens.shoot(person, 'june-begins', { live: true });
  }
  for (const person of watchers) {
    await person.page.locator('[data-testid^=june-][data-state=closed]').first().waitFor({ timeout: SEEN_MS });
    await lens.shoot(person, 'june-closes', { live: true });
  }
  await ended();
  for (const person of watchers) {
    await person.page.locator('[data-testid^=june-][data-state=left]').first().waitFor({ timeout: SEEN_MS });
    await lens.shoot(person, 'june-ends', { live: true });
  }
}

async function projectsOf({ url, context }, client) {
  const { items } = await (await context.request.get(`${url}/api/v1${client}/projects`)).json();
  return (start) => `${client}/projects/${items.find(({ name }) => name.startsWith(start)).id}`;
}
