/** What people do, in the words of the product; each act waits until the page says that it is done. */
import { eventually, expect } from './browser.mjs';

/** The margin in CSS pixels that the desk leaves around a whole image. */
const FIT_MARGIN = 16;

/** Opens a one-time link; for a first arrival also sets name and password. */
export async function openLink({ page, id }, link, setUp) {
  await page.goto(link);
  await id('open-link').click();
  if (setUp === undefined) return;
  await id('setup-form').getByLabel('Name', { exact: true }).fill(setUp.name);
  await id('setup-form').getByLabel('New password', { exact: true }).fill(setUp.password);
  await id('setup-save').click();
  await id('navigation').waitFor();
}

export async function acceptInvitation({ page, id }, link, { name, password }) {
  await page.goto(link);
  const form = id('invitation-form');
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByLabel('New password', { exact: true }).fill(password);
  await id('accept-invitation').click();
  await id('navigation').waitFor();
}

export async function signOut({ id }) {
  await id('person-menu').click();
  await id('sign-out').click();
  await id('sign-in-form').waitFor();
}

export async function signIn({ id }, email, password) {
  const form = id('sign-in-form');
  await form.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await form.getByLabel('Password', { exact: true }).fill(password);
  await id('sign-in').click();
}

/** Signs in as somebody who left in another window, perhaps in another language; then in English, at the settings. */
export async function comeBack(person, email, password) {
  await person.go('/sign-in');
  await signIn(person, email, password);
  await person.id('navigation').waitFor();
  await person.go('/settings');
  await person.id('language-switch').first().getByText('EN').click();
  await person.page.getByRole('heading', { name: 'My settings' }).waitFor();
}

/** Chooses in a field that is searched by typing. */
export async function choose({ page }, field, words) {
  await field.click();
  await field.fill(words);
  await page.getByRole('option', { name: words, exact: true }).click();
}

/** Makes a client and invites its first requester; returns the invitation's link. */
export async function makeClient({ page, id, go }, { name, slug, requester }) {
  await go('/clients');
  await id('new-client').first().click();
  const form = id('client-form');
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByLabel('Short name').fill(slug);
  await form.getByRole('button', { name: 'Make the client' }).click();
  await id('invite-form').getByLabel('E-mail').fill(requester);
  return makeInvitation(page, id);
}

async function makeInvitation(page, id) {
  await id('invite-form').getByRole('button', { name: 'Make the invitation' }).click();
  const link = await id('invitation-link').textContent();
  await page.getByRole('button', { name: 'Done' }).click();
  return link;
}

export async function addWorkforce({ page, id, go }, client, name) {
  await go(`/clients/${client}/people`);
  await id('workforce-form').getByLabel('New workforce').fill(name);
  await id('workforce-form').getByRole('button', { name: 'Add' }).click();
  await id('workforces').getByText(name, { exact: true }).waitFor();
}

/** Invites into a workforce (the only one if none is named); returns the invitation's link. */
export async function invite({ page, id, go }, client, email, roles, workforce) {
  await go(`/clients/${client}/people`);
  await id('invite').click();
  await id('invite-form').getByLabel('E-mail').fill(email);
  for (const role of roles) await id('invite-form').getByRole('checkbox', { name: role }).check();
  if (workforce !== undefined) {
    await id('invite-form').getByRole('combobox', { name: 'Workforce' }).click();
    await page.getByRole('option', { name: workforce, exact: true }).click();
  }
  return makeInvitation(page, id);
}

/** From a template with labels of one's own. Returns the project's id. */
export async function createProject({ page, id, go }, client, { name, codeName, labels, question, workforce, redundancy, reviewed }) {
  await go(`/clients/${client}/projects/new`);
  await id('template-image-boxes').click();
  await id('project-name').fill(name);
  await page.getByLabel('Code name').fill(codeName);
  for (const [index, label] of labels.entries()) {
    if (index > 0) await id('add-label').click();
    await id(`label-${index}`).getByLabel('Name in English').fill(label.en);
    await id(`label-${index}`).getByLabel('Name in French').fill(label.fr);
  }
  if (question !== undefined) {
    await id('add-question').click();
    const card = id('question-0');
    await card.getByLabel('Name in English').first().fill(question.en);
    await card.getByLabel('Name in French').first().fill(question.fr);
    await card.getByRole('combobox', { name: 'Kind of answer' }).click();
    await page.getByRole('option', { name: 'Yes or no' }).click();
    await card.getByRole('checkbox', { name: 'Required' }).check();
  }
  await id('guidelines-input').fill('# Coins\n\nOne box around each coin, close to its rim.');
  await page.getByLabel('Answers per task').fill(String(redundancy));
  await page.getByLabel('Share reviewed').fill(String(reviewed));
  await id('project-workforces').click();
  await page.getByRole('option', { name: workforce, exact: true }).click();
  await page.keyboard.press('Escape');
  await id('create-project').click();
  await id('dropzone').waitFor();
  return /projects\/([^/]+)/.exec(page.url())[1];
}

export async function upload({ id }, files) {
  await id('file-input').setInputFiles(files);
  await eventually(`${files.length} uploads are stored`, () => id('uploads').getByText('stored', { exact: true }).count(), files.length);
}

export async function plan({ id, go }, client, project, tasks) {
  await go(`/clients/${client}/projects/${project}`);
  await id('plan-tasks').click();
  await eventually(`${tasks} tasks are planned`, () => id('count-open').textContent(), String(tasks));
}

/**
 * Opens the desk or the review from the list of one's work, as soon as something waits there: the work of others is sent
 * behind their backs, a moment after their desks have moved on.
 */
export async function startWork({ page, id, go }, role, codeName) {
  const start = id(`start-${role}-${codeName}`);
  await eventually(`${codeName} waits to ${role}`, async () => {
    await go('/work');
    // Read anew: the list that the page remembers is from before.
    await page.reload();
    await page.waitForLoadState('networkidle');
    return start.isVisible();
  }, true);
  await start.click();
}

/** The desk with a task whose picture has come. */
export async function taskInHand({ page, id }, screen = 'desk') {
  await page.locator('[data-testid=stage][data-content=image]').waitFor();
  return { task: await id(screen).getAttribute('data-task'), asset: await id('asset-name').textContent() };
}

/** The instructions open by themselves the first time that a person meets them. */
export async function readInstructions({ page }, look = async () => {}) {
  const instructions = page.getByRole('dialog', { name: /^Instructions/ });
  await instructions.waitFor();
  await look();
  await page.keyboard.press('Escape');
  await instructions.waitFor({ state: 'hidden' });
}

/** Waits for a task other than the one that was in the hand, or the end of the work. */
export async function taskAfter({ page }, before, screen = 'desk') {
  await page.locator(`[data-testid=${screen}]:not([data-task="${before}"]), [data-testid=desk-phase][data-phase=empty]`).waitFor();
}

/** Where points of the image stand on the screen while it is shown whole. */
export async function wholeImage({ page, id }, image) {
  await id('tool-fit').click();
  const canvas = await id('canvas').boundingBox();
  const scale = Math.min((canvas.width - 2 * FIT_MARGIN) / image.width, (canvas.height - 2 * FIT_MARGIN) / image.height);
  const left = canvas.x + (canvas.width - image.width * scale) / 2;
  const top = canvas.y + (canvas.height - image.height * scale) / 2;
  return { page, id, at: (x, y) => [left + x * scale, top + y * scale] };
}

/** Draws a box [x, y, width, height] in image pixels by dragging from corner to corner. */
export async function dragBox({ page, id, at }, [x, y, width, height]) {
  await id('tool-draw').click();
  await page.mouse.move(...at(x, y));
  await page.mouse.down();
  await page.mouse.move(...at(x + width / 2, y + height / 2));
  await page.mouse.move(...at(x + width, y + height), { steps: 3 });
  await page.mouse.up();
}

/** Draws a box with two clicks. */
export async function clickBox({ page, id, at }, [x, y, width, height]) {
  await id('tool-draw').click();
  await page.mouse.click(...at(x, y));
  await page.mouse.move(...at(x + width / 2, y + height / 2));
  await page.mouse.click(...at(x + width, y + height));
}

export async function selectedBox({ id }) {
  const read = async (member) => Number(await id(`object-${member}`).inputValue());
  return [await read('x'), await read('y'), await read('width'), await read('height')];
}

export async function expectBoxes({ id }, count) {
  await eventually(`${count} boxes`, () => id('object-count').textContent(), String(count));
}

/** Near as a hand on a screen is near: within a few image pixels. */
export function expectNear(name, box, wanted, tolerance = 4) {
  expect(name, box.every((value, index) => Math.abs(value - wanted[index]) <= tolerance), JSON.stringify({ box, wanted }));
}
