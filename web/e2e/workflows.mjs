/**
 * Queues, jobs, review in stages, side by side, appeals, mentions and label changes in a real browser: what the people of
 * a project do after the main job, in the client that it made.
 *
 *     node e2e/workflows.mjs --url http://localhost:8420 --images DIR --downloads DIR
 *
 * Exits 1 at the first thing that does not hold, and when a page complained (see browser.mjs).
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as acts from './acts.mjs';
import { eventually, expect, launch, lookAt, option } from './browser.mjs';

const CLIENT = 'mint';
const PASSWORD = 'a long sentence that nobody guesses';
const IMAGE = join(option('images'), 'coins-row-2.png');
const downloads = option('downloads');
const SIZE = { width: readFileSync(IMAGE).readUInt32BE(16), height: readFileSync(IMAGE).readUInt32BE(20) };
const COIN = [76, 60, 124, 122];
const AGAIN = [80, 64, 118, 116];

const browser = await launch(option('url'));
const look = (who, screen) => lookAt(who, screen, browser.complain);
let open;
try {
  await workflows();
} catch (failure) {
  if (open) await open.page.screenshot({ path: join(downloads, 'failure.png') });
  browser.complain(`${failure.stack}${open ? `\n  at ${open.page.url()}; what was seen then: failure.png beside the downloads` : ''}`);
}
await browser.close();

async function workflows() {
  const rosa = await returning('rosa@mint.example');
  const people = await invitePeople(rosa);
  const at = await prepare(rosa);
  await askedForAQualification({ rosa, ...people });
  await act(rosa, at);
  await answer(people);
  await refuseAndAppeal(people);
  await sideBySide({ rosa, ...people }, at);
  await discuss({ rosa, ...people }, at);
  await jobs(rosa, at);
  await relabel(rosa, at);
  await webhooks(rosa);
  const foreseen = await preLabels({ rosa, ...people });
  await inFrenchAndDark(rosa, at, foreseen);
}

/** A program that is told: entered, tested, disabled, removed. Nobody answers at its address, which changes nothing here. */
async function webhooks(rosa) {
  open = rosa;
  const { page, id } = rosa;
  await rosa.go(`/clients/${CLIENT}/webhooks`);
  await id('empty').waitFor();
  await id('new-webhook').click();
  await page.getByLabel('Address').fill('https://receiver.example/etalon');
  await page.getByLabel('What it is for').fill('Nightly training');
  await page.getByRole('combobox', { name: 'What it is told' }).click();
  await page.getByRole('option', { name: 'A release was begun or ended' }).click();
  await page.keyboard.press('Escape');
  await id('webhook-make').press('Enter');
  await id('webhook-public-key').waitFor();
  expect('the public key of a webhook is shown', (await id('webhook-public-key').textContent()).startsWith('whpk_'));
  await id('webhook-done').press('Enter');
  await look(rosa, 'webhooks');
  await id('webhooks').getByRole('link', { name: 'Open' }).click();
  await id('webhook-test').press('Enter');
  await id('webhook-deliveries').getByText('A test').waitFor();
  await look(rosa, 'a webhook');
  await id('webhook-deliveries').getByRole('button', { name: 'Look' }).first().press('Enter');
  await id('webhook-delivery').getByText('webhook.test').waitFor();
  await page.keyboard.press('Escape');
  await id('webhook-turn').press('Enter');
  await id('webhook-disabled').waitFor();
  await id('webhook-remove').press('Enter');
  await id('confirm-act').evaluate((button) => button.click());
  await id('empty').waitFor();
}

/** Somebody whom the main job has left signed out, perhaps in another language. */
async function returning(email) {
  open = await browser.person(email.split('@')[0]);
  await acts.comeBack(open, email, PASSWORD);
  return open;
}

async function arriving(name, link) {
  const person = await browser.person(name.toLowerCase());
  await acts.acceptInvitation(person, link, { name, password: PASSWORD });
  return person;
}

async function invitePeople(rosa) {
  const second = await acts.invite(rosa, CLIENT, 'quentin@mint.example', ['Annotator']);
  const leads = await acts.invite(rosa, CLIENT, 'lea@mint.example', ['Quality lead']);
  return {
    ada: await returning('ada@mint.example'),
    bruno: await returning('bruno@mint.example'),
    quentin: await arriving('Quentin', second),
    lea: await arriving('Lea', leads),
  };
}

/** A project with two answers a task, rules of its queue, a batch, and three stages of review. */
async function prepare(rosa) {
  open = rosa;
  const { page, id, go } = rosa;
  const project = await acts.createProject(rosa, CLIENT, {
    name: 'Coins in stages',
    codeName: 'Bittern',
    labels: [{ en: 'Coin', fr: 'Pièce' }, { en: 'Token', fr: 'Jeton' }],
    question: { en: 'Sharp?', fr: 'Nette ?' },
    workforce: 'In-house',
    redundancy: 2,
    reviewed: 0,
  });
  const at = `/clients/${CLIENT}/projects/${project}`;
  await acts.upload(rosa, [IMAGE]);
  await go(`${at}/queue`);
  await id('batches').getByTestId('empty').waitFor();
  await look(rosa, 'queue without rules');
  for (const rule of ['caps', 'audience']) await id(`rule-${rule}`).getByRole('switch').check();
  await page.getByLabel('Answers at most').fill('50');
  await id('rule-audience').getByRole('combobox', { name: 'Qualifications' }).fill('coins');
  await page.keyboard.press('Enter');
  await id('save-rules').click();
  await id('queue-rules').getByText(/^Version 1/).waitFor();
  expect('the rules of the queue are in force', true);
  await id('new-batch').click();
  await id('batch-form').getByLabel('Name').fill('Pilot');
  await id('batch-form').getByLabel('Priority').fill('5');
  await look(rosa, 'new batch');
  await id('make-batch').click();
  await id('batch-1').waitFor();
  await look(rosa, 'queue');
  await go(at);
  await id('plan-tasks').waitFor();
  await id('acts').waitFor({ state: 'detached' });
  await page.getByRole('combobox', { name: 'Batch' }).click();
  await page.getByRole('option', { name: 'Pilot' }).click();
  await id('plan-tasks').click();
  await eventually('the task is planned', () => id('count-open').textContent(), '1');
  await stages(rosa, at);
  return at;
}

async function stages(rosa, at) {
  const { page, id, go } = rosa;
  await go(`${at}/review`);
  await id('stages').getByText('Without a stage no answer is reviewed.').waitFor();
  await id('add-stage').click();
  await id('stage-0').getByLabel('Name').fill('First look');
  await id('add-stage').click();
  await id('stage-1').getByLabel('Name').fill('Together');
  const choose = async (field, words) => {
    await id('stage-1').getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: words }).click();
  };
  await choose('What is done', 'Answers become one');
  await choose('By whom', 'Quality lead');
  await choose('Which tasks', 'those at risk');
  rosa.forgiven.add(`400 /api/v1${at}/workflow`);
  await id('save-stages').click();
  await id('stage-1').getByText(/is missing/).first().waitFor();
  expect('a stage that names no risk is refused, at its place', true);
  await choose('Which tasks', 'all of them');
  await look(rosa, 'stages of review');
  await id('save-stages').click();
  await id('stages').getByText(/^Version 1/).waitFor();
}

/** The desk tells why nothing comes; a quality lead grants what is asked for. */
async function askedForAQualification({ ada, lea }) {
  open = ada;
  await ada.go('/work');
  await ada.page.reload();
  await ada.id('start-annotate-Bittern').waitFor();
  await ada.id('start-annotate-Bittern').click();
  // The server says no with its reason, and the desk says what to do.
  ada.forgiven.add('403 ' + ada.page.url().replace(/.*#\/desk\/([^/]+)\/([^/?]+).*/, '/api/v1/clients/$1/projects/$2/leases'));
  await ada.page.locator('[data-testid=why-empty], [data-phase=failed]').first().waitFor();
  await look(ada, 'desk, why nothing comes');
  expect('the desk says which qualification is missing', /qualification/.test(await ada.page.locator('main').textContent()));
  open = lea;
  for (const name of ['Ada', 'Quentin']) {
    await lea.go(`/clients/${CLIENT}/people`);
    await lea.id('people').getByRole('button', { name }).click();
    await lea.id('grant-form').getByLabel('Grant a qualification').fill('coins');
    await lea.id('grant-form').getByRole('button', { name: 'Grant' }).click();
    await lea.id('qualifications').getByText('held', { exact: true }).waitFor();
    if (name === 'Ada') await look(lea, 'a person');
    await lea.page.keyboard.press('Escape');
  }
  expect('qualifications are granted', true);
}

async function act(rosa, at) {
  open = rosa;
  const { page, id, go } = rosa;
  await go(`${at}/queue`);
  await id('act-choice').getByLabel('New priority').fill('20');
  // By the keyboard: a notice that is shown for a moment may lie over it.
  await id('preview-act').press('Enter');
  await id('act-preview').getByText('1 task would change').waitFor();
  await look(rosa, 'act with its preview');
  await id('run-act').evaluate((button) => button.click());
  // The notice may wait behind others; what was previewed goes when it is done.
  await id('act-preview').waitFor({ state: 'detached' });
  expect('an act is done to as many tasks as its preview counted', true);
}

async function answer({ ada, quentin }) {
  for (const [person, box] of [[ada, COIN], [quentin, AGAIN]]) {
    open = person;
    await acts.startWork(person, 'annotate', 'Bittern');
    const { task } = await acts.taskInHand(person);
    await acts.readInstructions(person);
    await acts.dragBox(await acts.wholeImage(person, SIZE), box);
    await person.id('option-sharp-true').click();
    await person.id('submit').click();
    await acts.taskAfter(person, task);
  }
}

/** One answer is accepted and one rejected; its author appeals, and somebody else upholds the appeal. */
async function refuseAndAppeal({ ada, quentin, bruno, lea }) {
  open = bruno;
  await acts.startWork(bruno, 'review', 'Bittern');
  const { task } = await acts.taskInHand(bruno, 'review');
  await acts.readInstructions(bruno);
  await bruno.id('comment-text').fill('The rim is cut off.');
  await look(bruno, 'review at a stage');
  await bruno.id('return').click();
  await bruno.page.locator('[data-testid=review]').getByText('First look').waitFor();
  await bruno.page.waitForTimeout(500);
  await acts.taskInHand(bruno, 'review');
  await bruno.id('accept').click();
  await bruno.page.locator('[data-phase=empty]').waitFor();
  expect('one answer is returned, one accepted', task !== '');

  const author = await whoWasRefused([ada, quentin]);
  await author.id('appeal').click();
  await author.id('appeal-form').getByLabel('Why the answer is right').fill('The rim ends where the box ends.');
  await look(author, 'an appeal');
  await author.id('send-appeal').click();
  await author.id('my-appeals').getByText('waits for a decision').waitFor();

  open = lea;
  await acts.startWork(lea, 'review', 'Bittern');
  await acts.taskInHand(lea, 'review');
  await acts.readInstructions(lea);
  await lea.id('appeal-text').getByText('The rim ends where the box ends.').waitFor();
  await look(lea, 'review of an appeal');
  await lea.id('uphold').click();
  await lea.page.locator('[data-phase=empty]').waitFor();
  expect('an appeal is decided by somebody else', true);
}

/** Whose answer came first to the reviewer is the queue's to say. */
async function whoWasRefused(candidates) {
  for (const person of candidates) {
    open = person;
    await person.go('/work');
    await person.page.reload();
    await person.id('refused-Bittern').click();
    await person.page.locator('[data-testid=refusals], [data-testid=empty]').first().waitFor();
    if (await person.id('refusals').isVisible()) return person;
  }
  throw new Error('nobody finds the refused answer');
}

async function sideBySide({ rosa, lea }, at) {
  open = lea;
  const { page, id, go } = lea;
  await go(`${at}/review`);
  await id('appeals').getByText('upheld').waitFor();
  await id('go-adjudicate').click();
  await id('adjudication').waitFor();
  await page.locator('canvas').waitFor();
  await look(lea, 'side by side');
  await id('box-1-0').check();
  await id('merge').click();
  await page.locator('[data-testid=adjudication-phase]').waitFor();
  expect('two answers are made one', true);
  await look(lea, 'nothing to lay side by side');

  open = rosa;
  await rosa.go(`${at}/tasks`);
  await rosa.id('tasks').getByRole('button').first().click();
  await rosa.id('merges').getByText('in effect').waitFor();
  await rosa.id('undo-merge').click();
  await rosa.id('merges').getByText('undone').waitFor();
  expect('a merge is undone', true);
  await rosa.id('tab-compare').click();
  await rosa.id('compare').locator('canvas').waitFor();
  await rosa.id('changes').waitFor();
  await look(rosa, 'two answers compared');
  await rosa.id('tab-history').click();
  await rosa.id('history').getByText('submitted an answer').first().waitFor();
  await look(rosa, 'history of a task');
  await rosa.id('restore').first().click();
  await rosa.id('history').getByText('restored an earlier answer').waitFor();
  expect('an earlier answer counts again', true);
}

async function discuss({ rosa, bruno }, at) {
  open = rosa;
  await rosa.go(`${at}/tasks`);
  await rosa.id('tasks').getByRole('button').first().click();
  await rosa.id('discuss').first().click();
  const form = rosa.id('comment-form').first();
  await form.getByLabel('New comment').fill('Is the rim part of the coin?');
  await form.getByRole('combobox', { name: 'Call upon' }).click();
  await rosa.page.getByRole('option', { name: 'Bruno' }).click();
  await rosa.page.keyboard.press('Escape');
  await form.getByTestId('send-comment').click();
  await rosa.id('thread').waitFor();
  await look(rosa, 'discussion of an answer');

  open = bruno;
  await bruno.go('/mentions');
  await bruno.page.reload();
  await bruno.id('mention-card').getByText('Is the rim part of the coin?').click();
  await bruno.id('reply').click();
  await bruno.id('reply-form').getByLabel('Reply').fill('It is.');
  await bruno.id('send-comment').click();
  await bruno.id('thread').getByText('It is.').waitFor();
  await look(bruno, 'mentions');
  await bruno.id('resolve').click();
  await bruno.id('empty').waitFor();
  expect('a mention is answered and settled', true);
}

/** An import with good and bad rows, and an export as a table. */
async function jobs(rosa, at) {
  open = rosa;
  const { page, id, go } = rosa;
  await go(`${at}/jobs`);
  await id('new-import').click();
  await look(rosa, 'new import');
  const rows = join(downloads, 'rows.jsonl');
  const known = createHash('sha256').update(readFileSync(IMAGE)).digest('hex');
  writeFileSync(rows, `{"sha256":"${known}"}\nno row\n{"sha256":"${'0'.repeat(64)}"}\n`);
  await page.locator('input[type=file]').setInputFiles(rows);
  await id('start-import').click();
  await id('job').getByText('finished').first().waitFor();
  await id('import-lines').locator('tbody tr').nth(2).waitFor();
  expect('every row of an import is accounted for', (await id('import-lines').textContent()).includes('duplicate'));
  await look(rosa, 'an import');
  await page.keyboard.press('Escape');
  await id('job').waitFor({ state: 'hidden' });
  await id('new-export').click();
  await id('export-form').getByText('CSV').click();
  await look(rosa, 'new export');
  await id('start-export').click();
  const [download] = await Promise.all([page.waitForEvent('download'), id('download-export').click()]);
  const file = join(downloads, 'answers.csv');
  await download.saveAs(file);
  expect('the exported answers are a table', readFileSync(file, 'utf8').includes('sharp'));
  await page.keyboard.press('Escape');
  await id('job').waitFor({ state: 'hidden' });
  await look(rosa, 'jobs');
}

async function relabel(rosa, at) {
  open = rosa;
  const { page, id, go } = rosa;
  await go(`${at}/ontology`);
  await id('change-labels').click();
  await page.getByRole('combobox', { name: 'What becomes of Token' }).click();
  await page.getByRole('option', { name: 'is merged into another' }).click();
  await page.getByRole('combobox', { name: 'Token becomes' }).click();
  await page.getByRole('option', { name: 'Coin' }).click();
  await id('preview-labels').click();
  await id('label-preview').waitFor();
  await look(rosa, 'change of labels');
  await id('apply-labels').click();
  await id('labels-changed').waitFor();
  expect('a label is merged while work runs', (await id('labels-changed').textContent()).includes('Version 2'));
}

/** A model answered first: the desk opens with that and says so; it is cleared, brought back, and left as it was. */
async function preLabels({ rosa, ada }) {
  open = rosa;
  const { page, id, go } = rosa;
  const project = await acts.createProject(rosa, CLIENT, {
    name: 'Coins foreseen',
    codeName: 'Dunlin',
    labels: [{ en: 'Coin', fr: 'Pièce' }],
    question: { en: 'Sharp?', fr: 'Nette ?' },
    workforce: 'In-house',
    redundancy: 1,
    reviewed: 0,
  });
  const at = `/clients/${CLIENT}/projects/${project}`;
  await acts.upload(rosa, [IMAGE]);
  const [x, y, width, height] = COIN;
  const shapes = [{ id: 'm1', label: 'coin', type: 'box', x, y, width, height, attributes: {} }];
  const sha256 = createHash('sha256').update(readFileSync(IMAGE)).digest('hex');
  const said = { model: { name: 'coin-net', version: '3' }, confidence: 0.93, answer: { answers: { sharp: true }, shapes } };
  const rows = join(downloads, 'foreseen.jsonl');
  writeFileSync(rows, `${JSON.stringify({ sha256, preLabels: [said] })}\n`);
  await go(`${at}/jobs`);
  await id('new-import').click();
  await page.locator('input[type=file]').setInputFiles(rows);
  await id('start-import').click();
  await id('job').getByText('finished').first().waitFor();
  await page.keyboard.press('Escape');
  await id('job').waitFor({ state: 'hidden' });
  await go(`${at}/queue`);
  await id('rule-preLabels').getByRole('switch').check();
  await id('save-rules').press('Enter');
  await id('queue-rules').getByText(/^Version 1/).waitFor();

  open = ada;
  await acts.startWork(ada, 'annotate', 'Dunlin');
  const { task } = await acts.taskInHand(ada);
  await acts.readInstructions(ada);
  await ada.id('pre-label').getByText('coin-net 3').waitFor();
  await acts.expectBoxes(ada, 1);
  await look(ada, 'desk with a pre-label');
  await ada.id('clear-pre-label').click();
  await acts.expectBoxes(ada, 0);
  await ada.page.keyboard.press('Control+z');
  await acts.expectBoxes(ada, 1);
  await ada.id('submit').click();
  await acts.taskAfter(ada, task);

  open = rosa;
  await eventually('the answer is counted for its model', async () => {
    await go(`${at}/quality`);
    await page.reload();
    await id('pre-label-models').waitFor();
    return (await id('pre-label-models').textContent()).includes('1 (100%)');
  }, true);
  await look(rosa, 'pre-labels on the quality page');
  await go(`${at}/tasks`);
  await id('tasks').getByRole('button').first().click();
  await id('tab-history').click();
  await id('history').getByText('as coin-net 3 had it').waitFor();
  expect('an answer says which pre-label it came from', true);
  await page.keyboard.press('Escape');
  return at;
}

async function inFrenchAndDark(rosa, at, foreseen) {
  const { page, id, go } = rosa;
  await go(at);
  await id('scheme-switch').click();
  await id('language-switch').getByText('FR').click();
  await page.getByRole('link', { name: 'Mes réglages' }).waitFor();
  for (const screen of [`${at}/queue`, `${at}/review`, `${at}/jobs`, `${foreseen}/quality`, '/mentions']) {
    await go(screen);
    await page.waitForLoadState('networkidle');
    await look(rosa, `${screen.split('/').at(-1)}, French, dark`);
  }
}
