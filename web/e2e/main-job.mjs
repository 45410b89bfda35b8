/**
 * The main job in a real browser on a real server: from an empty installation to a downloaded release, by the people who
 * would do it, each in a window of his own.
 *
 *     node e2e/main-job.mjs --url http://localhost:8420 --link <set-up link> --images DIR --downloads DIR
 *
 * Prints one line a step and, at the end, `{"release":…,"key":…}`: the archive's path and the client's verifier key, for
 * whoever verifies it. Exits 1 at the first thing that does not hold, and when a page complained (see browser.mjs).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as acts from './acts.mjs';
import { eventually, expect, launch, lookAt, option } from './browser.mjs';

const url = option('url');
const images = ['coins-row-1.png', 'coins-row-2.png', 'coins-row-3.png'].map((name) => join(option('images'), name));
const downloads = option('downloads');
const CLIENT = 'mint';
const PASSWORD = 'a long sentence that nobody guesses';
/** What is drawn on each photograph, in image pixels. */
const BOXES = {
  'coins-row-1.png': [[67, 105, 134, 117], [243, 116, 118, 106]],
  'coins-row-2.png': [[76, 60, 124, 122]],
  'coins-row-3.png': [[200, 40, 180, 160]],
};

/** Width and height from a PNG's header (ISO/IEC 15948, 11.2.2). */
function pngSize(file) {
  const bytes = readFileSync(file);
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
const sizes = Object.fromEntries(images.map((file) => [file.slice(file.lastIndexOf('/') + 1), pngSize(file)]));

const browser = await launch(url);
const look = (who, screen) => lookAt(who, screen, browser.complain);
let result;
let open;
try {
  result = await mainJob();
} catch (failure) {
  if (open) await open.page.screenshot({ path: join(downloads, 'failure.png') });
  browser.complain(`${failure.stack}${open ? `\n  at ${open.page.url()}; what was seen then: failure.png beside the downloads` : ''}`);
}
await browser.close();
console.log(JSON.stringify(result));

async function newPerson(name, options) {
  open = await browser.person(name, options);
  return open;
}

async function mainJob() {
  const requester = await arrive();
  const { annotator, reviewer } = await invitePeople(requester);
  const project = await prepareProject(requester);
  await annotate(annotator);
  await review(reviewer);
  await correct(annotator);
  await acceptCorrected(reviewer);
  await passkeys(annotator);
  const release = await finish(requester, project);
  await inFrenchAndDark(requester, project);
  return release;
}

/** The operator sets the installation up and makes a client; its requester comes by invitation. */
async function arrive() {
  const operator = await newPerson('operator');
  await operator.page.goto(option('link'));
  await operator.id('open-link').waitFor();
  await look(operator, 'one-time link');
  await acts.openLink(operator, option('link'), { name: 'Odile', password: PASSWORD });
  expect('the one-time link opens the installation', operator.page.url().endsWith('/clients'), operator.page.url());
  await look(operator, 'clients, none');
  const link = await acts.makeClient(operator, { name: 'The Mint', slug: CLIENT, requester: 'rosa@mint.example' });
  await look(operator, 'clients');
  await operator.context.close();

  const requester = await newPerson('requester');
  await requester.page.goto(link);
  await requester.id('invitation-form').waitFor();
  await look(requester, 'invitation');
  await acts.acceptInvitation(requester, link, { name: 'Rosa', password: PASSWORD });
  await look(requester, 'projects, none');
  await acts.signOut(requester);
  await look(requester, 'sign in');
  requester.forgiven.add('401 /api/v1/session');
  await acts.signIn(requester, 'rosa@mint.example', 'not the password at all');
  await requester.id('problem').waitFor();
  await acts.signIn(requester, 'rosa@mint.example', PASSWORD);
  await requester.id('navigation').waitFor();
  expect('a password signs in, a wrong one does not', true);
  return requester;
}

async function invitePeople(requester) {
  await acts.addWorkforce(requester, CLIENT, 'In-house');
  const forAnnotator = await acts.invite(requester, CLIENT, 'ada@mint.example', ['Annotator']);
  const forReviewer = await acts.invite(requester, CLIENT, 'bruno@mint.example', ['Reviewer']);
  await look(requester, 'people');
  const annotator = await newPerson('annotator');
  await acts.acceptInvitation(annotator, forAnnotator, { name: 'Ada', password: PASSWORD });
  const reviewer = await newPerson('reviewer');
  await acts.acceptInvitation(reviewer, forReviewer, { name: 'Bruno', password: PASSWORD });
  open = requester;
  return { annotator, reviewer };
}

async function prepareProject(requester) {
  const project = await acts.createProject(requester, CLIENT, {
    name: 'Coins of the hoard',
    codeName: 'Heron',
    labels: [
      { en: 'Coin', fr: 'Pièce' },
      { en: 'Token', fr: 'Jeton' },
    ],
    question: { en: 'Sharp?', fr: 'Nette ?' },
    workforce: 'In-house',
    redundancy: 1,
    reviewed: 100,
  });
  expect('a project is made from a template with labels of its own', project.length > 0);
  await acts.upload(requester, images);
  await requester.id('assets').waitFor();
  await look(requester, 'assets');
  await acts.plan(requester, CLIENT, project, images.length);
  await look(requester, 'overview');
  return project;
}

/** Three pictures, three ways of drawing: drag, click and click, the keyboard alone. */
async function annotate(annotator) {
  open = annotator;
  const { page, id } = annotator;
  await acts.startWork(annotator, 'annotate', 'Heron');
  for (let n = 0; n < images.length; n++) {
    const { task, asset } = await acts.taskInHand(annotator);
    if (n === 0) {
      await acts.readInstructions(annotator, () => look(annotator, 'desk with its instructions'));
    }
    const boxes = BOXES[asset];
    if (n === 0) {
      await look(annotator, 'desk');
      for (const dialog of ['keys', 'skip']) await lookInto(annotator, `desk, ${dialog}`, dialog);
    }
    const picture = await acts.wholeImage(annotator, sizes[asset]);
    if (asset === 'coins-row-1.png') for (const box of boxes) await acts.dragBox(picture, box);
    else if (asset === 'coins-row-2.png') for (const box of boxes) await acts.clickBox(picture, box);
    else await drawByKeyboard(annotator, boxes[0]);
    await acts.expectBoxes(annotator, boxes.length);
    acts.expectNear(`${asset}: the box is where the hand drew it`, await acts.selectedBox(annotator), boxes.at(-1));
    if (n === 0) {
      await id('submit').click();
      await id('question-sharp').getByRole('alert').waitFor();
      expect('an answer without its required question is held back', true);
      await look(annotator, 'desk with faults');
    }
    await id('option-sharp-true').click();
    if (n === 0) await id('submit').click();
    else await page.keyboard.press('Control+Enter');
    await acts.taskAfter(annotator, task);
  }
  await page.locator('[data-phase=empty]').waitFor();
  await look(annotator, 'desk, nothing left');
}

/** Without a pointer: a box in the middle, then its numbers by the fields beside the picture and by arrow keys. */
async function drawByKeyboard({ page, id }, [x, y, width, height]) {
  await id('canvas').focus();
  await page.keyboard.press('Shift+N');
  for (const [member, value] of Object.entries({ x: 0, y: 0, width, height }).concat(Object.entries({ x: x - 1, y: y - 10 }))) {
    await id(`object-${member}`).focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(String(value));
    await page.keyboard.press('Enter');
  }
  await id('canvas').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
}

/** One submission is accepted, one corrected, one returned with a place and words. */
async function review(reviewer) {
  open = reviewer;
  const { page, id, go } = reviewer;
  await go('/work');
  await page.waitForLoadState('networkidle');
  await look(reviewer, 'my work');
  await acts.startWork(reviewer, 'review', 'Heron');
  for (const decision of ['accept', 'fix', 'return']) {
    const { task, asset } = await acts.taskInHand(reviewer, 'review');
    if (decision === 'accept') {
      await acts.readInstructions(reviewer);
      await page.reload();
      const again = await acts.taskInHand(reviewer, 'review');
      expect('a review that is held survives a reload', again.task === task, again.task);
      await look(reviewer, 'review');
    }
    const picture = await acts.wholeImage(reviewer, sizes[asset]);
    if (decision === 'fix') {
      await acts.dragBox(picture, [600, 20, 90, 90]);
      await acts.expectBoxes(reviewer, BOXES[asset].length + 1);
      await id('diff-added').waitFor();
    }
    if (decision === 'return') {
      await id('return').click();
      await id('objection').waitFor();
      expect('nothing is returned without a word', true);
      await id('mark-region').click();
      await page.mouse.move(...picture.at(500, 40));
      await page.mouse.down();
      await page.mouse.move(...picture.at(640, 200), { steps: 4 });
      await page.mouse.up();
      await id('comment-text').fill('Here lies another coin.');
      await look(reviewer, 'review with a comment');
    }
    await id(decision).click();
    await acts.taskAfter(reviewer, task, 'review');
  }
  await page.locator('[data-phase=empty]').waitFor();
  expect('accepted one, corrected one, returned one', true);
}

/** Opens a dialogue, looks, and closes it. */
async function lookInto(person, screen, button) {
  const { page, id } = person;
  await id(button).first().click();
  await page.getByRole('dialog').waitFor();
  await look(person, screen);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

async function correct(annotator) {
  open = annotator;
  const { id } = annotator;
  await acts.startWork(annotator, 'annotate', 'Heron');
  const { task, asset } = await acts.taskInHand(annotator);
  await id('returned').getByText('Here lies another coin.').waitFor();
  expect('the returned task comes back to its author with the words', true);
  await acts.expectBoxes(annotator, BOXES[asset].length);
  await look(annotator, 'desk with a returned task');
  await acts.dragBox(await acts.wholeImage(annotator, sizes[asset]), [500, 40, 140, 160]);
  await acts.expectBoxes(annotator, BOXES[asset].length + 1);
  await id('submit').click();
  await acts.taskAfter(annotator, task);
}

async function acceptCorrected(reviewer) {
  open = reviewer;
  await acts.startWork(reviewer, 'review', 'Heron');
  const { task } = await acts.taskInHand(reviewer, 'review');
  await reviewer.page.keyboard.press('a');
  await acts.taskAfter(reviewer, task, 'review');
  expect('the corrected task is accepted', true);
}

/** With Chromium's virtual authenticator (WebAuthn, section 11): make a passkey, sign out, sign in with it. */
async function passkeys(annotator) {
  open = annotator;
  const { page, context, id, go } = annotator;
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  // A passkey asks for a sign-in of the last minutes, and annotating may have taken longer.
  await go('/work');
  await acts.signOut(annotator);
  await acts.signIn(annotator, 'ada@mint.example', PASSWORD);
  await id('navigation').waitFor();
  await go('/settings');
  await id('passkey-form').getByLabel('Label of a new passkey').fill('Laptop');
  await id('passkey-form').getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('button', { name: 'Remove the passkey Laptop' }).waitFor();
  await look(annotator, 'settings');
  await acts.signOut(annotator);
  await id('sign-in-passkey').click();
  await id('navigation').waitFor();
  expect('a passkey signs in', (await id('person-menu').textContent()).includes('Ada'));
}

async function finish(requester, project) {
  open = requester;
  const { page, id, go } = requester;
  const at = `/clients/${CLIENT}/projects/${project}`;
  await go(at);
  await eventually('all tasks are done', () => id('count-done').textContent(), String(images.length));
  await go(`${at}/quality`);
  await id('quality').waitFor();
  await look(requester, 'quality');
  for (const tab of ['tasks', 'ontology', 'guidelines', 'audit']) {
    await go(`${at}/${tab}`);
    await id(`tab-${tab}`).waitFor();
    await page.waitForLoadState('networkidle');
    await look(requester, tab);
    if (tab === 'tasks') {
      await id('tasks').getByRole('button').first().click();
      await page.locator('[data-testid^=submission-]').first().waitFor();
      await look(requester, 'task');
    }
    if (tab === 'ontology' || tab === 'guidelines') {
      await id(`edit-${tab}`).click();
      await look(requester, `${tab}, changing`);
    }
    if (tab === 'audit') {
      const entries = await id('audit-entries').textContent();
      expect("a project's log is about the project", entries.includes('INGEST') && !entries.includes('CLIENT_CREATE'), entries);
    }
  }
  await go(`${at}/releases`);
  await id('new-release').click();
  await id('release-form').waitFor();
  await look(requester, 'new release');
  await id('start-release').click();
  await id('download-1').waitFor({ timeout: 120_000 });
  await look(requester, 'releases');
  const [download] = await Promise.all([page.waitForEvent('download'), id('download-1').click()]);
  const release = join(downloads, 'release.zip');
  await download.saveAs(release);
  const key = (await id('verifier-key').textContent()).trim();
  writeFileSync(join(downloads, 'key.txt'), `${key}\n`);
  expect('the release is downloaded', readFileSync(release).subarray(0, 2).toString() === 'PK');
  await go(`/clients/${CLIENT}/audit`);
  await id('audit-entries').waitFor();
  await look(requester, 'audit log');
  await go(`/clients/${CLIENT}/projects`);
  await page.getByText('Coins of the hoard').waitFor();
  await look(requester, 'projects');
  await go(`/clients/${CLIENT}/projects/new`);
  await id('project-form').waitFor();
  await look(requester, 'new project');
  await go(`/clients/${CLIENT}/people`);
  await lookInto(requester, 'invite', 'invite');
  await go('/settings');
  await lookInto(requester, 'new API key', 'new-api-key');
  await go('/no/such/page');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await look(requester, 'no such page');
  return { release, key };
}

/** The same screens in the other language and light. */
async function inFrenchAndDark(requester, project) {
  const { page, id, go } = requester;
  const at = `/clients/${CLIENT}/projects/${project}`;
  await go(at);
  await id('scheme-switch').click();
  await id('language-switch').getByText('FR').click();
  await page.getByRole('link', { name: 'Mes réglages' }).waitFor();
  for (const screen of [at, `${at}/assets`, `${at}/quality`, `${at}/releases`, `/clients/${CLIENT}/people`, '/settings', `/clients/${CLIENT}/projects/new`]) {
    await go(screen);
    await page.waitForLoadState('networkidle');
    await look(requester, `${screen.split('/').at(-1)}, French, dark`);
  }
}
