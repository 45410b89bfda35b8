/**
 * Photographs every screen that there is, in English and French, light and dark, with what the two demonstrations leave;
 * June 2025 also while it happens. Starts both itself, on new data:
 *
 *     node e2e/screenshots.mjs --to DIR [--only fr-dark] [--screens 'walls|keys'] [--tasks 3000]
 *
 * For another look at the same data, `--keep DIR` leaves them running until Ctrl+C and their sessions in DIR; a second run
 * with `--at DIR` photographs those.
 *
 * Exits 1 when an address of the router was not photographed, when a page complained (see browser.mjs), when something
 * ran out of the window, or when an English text stood on a French screen (see camera.mjs).
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as acts from './acts.mjs';
import { launch, option } from './browser.mjs';
import { camera, CONSOLE } from './camera.mjs';
import { caller, furnishJune } from './furnish.mjs';
import { unseen } from './routes.mjs';
import * as screens from './screens.mjs';
import { demonstrations } from './stage.mjs';

const LOCALES = ['en', 'fr'];
const only = option('only', '');
const chosen = new RegExp(option('screens', ''));
const wanted = (variant) => only === '' || only === variant;
const locales = LOCALES.filter((locale) => only === '' || only.startsWith(locale));
const complaints = [];
const keep = option('keep', '');
const at = option('at', '');

const browsers = new Map();
const lens = camera({ to: option('to'), wanted, chosen, complain: (words) => complaints.push(words) });
const sessions = at === '' ? {} : JSON.parse(readFileSync(join(at, 'sessions.json'), 'utf8'));
const stage = at === '' ? await demonstrations(option('tasks', '3000')) : undefined;

try {
  if (stage) await live();
  const places = await furnished();
  for (const locale of locales) {
    await asked('visitor', locale, (person) => screens.demo(person, lens));
    await asked('requester', locale, (person) => screens.requester(person, lens, places));
    await asked('operator', locale, (person) => screens.operator(person, lens));
    await asked('annotator', locale, (person) => screens.annotator(person, lens, places));
    await asked('viewer', locale, (person) => screens.viewer(person, lens));
    await asked('nobody', locale, (person) => screens.nobody(person, lens));
  }
  if (only === '' && chosen.source === '(?:)') for (const page of unseen(lens.opened)) complaints.push(`${page} of the router was not photographed`);
} finally {
  if (keep !== '') {
    mkdirSync(keep, { recursive: true });
    writeFileSync(join(keep, 'sessions.json'), JSON.stringify(sessions));
    console.log(`Kept for --at ${keep}. Stop with Ctrl+C.`);
  } else await stage?.stop();
  for (const browser of browsers.values()) await browser.close().catch(({ message }) => complaints.push(message));
}
for (const remark of lens.remarks()) console.log(`look  ${remark}`);
console.log(`${lens.opened.size} addresses photographed`);
if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exitCode = 1;
}
if (keep !== '') await stage.stopped();

/** June 2025 as it happens; the demonstration of the main job is made after it, since both want all cores. */
async function live() {
  Object.assign(sessions, await signIn(await stage.june()));
  const watchers = [];
  for (const locale of locales) watchers.push(await window('viewer', locale));
  await screens.june(watchers, lens, stage.juneEnded);
  for (const watcher of watchers) await watcher.context.close();
  Object.assign(sessions, await signIn(await stage.demo()));
}

/** Opens one-time links, each in a window of its own. */
async function signIn({ url, links }) {
  const found = {};
  for (const [name, link] of Object.entries(links)) {
    const person = await (await browserAt(url)).person(name);
    await acts.openLink(person, link);
    await person.id('navigation').waitFor();
    found[name] = { url, cookies: await person.context.cookies() };
    await person.context.close();
  }
  return found;
}

async function browserAt(url) {
  if (!browsers.has(url)) browsers.set(url, await launch(url));
  return browsers.get(url);
}

/** Somebody's window in a language, whatever language he has chosen for himself. */
async function window(name, locale) {
  const { url, cookies } = sessions[name] ?? { url: sessions.viewer.url, cookies: [] };
  const person = await (await browserAt(url)).person(`${name}, ${locale}`, { viewport: CONSOLE, locale });
  await person.context.addCookies(cookies);
  await person.page.route('**/api/v1/session', async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const answer = await route.fetch();
    if (!answer.ok()) return route.fulfill({ response: answer });
    const session = await answer.json();
    return route.fulfill({ response: answer, json: { ...session, person: { ...session.person, locale } } });
  });
  return Object.assign(person, { locale, url });
}

async function asked(name, locale, look) {
  const person = await window(name, locale);
  try {
    await look(person);
  } catch (failure) {
    complaints.push(`${name}, ${locale}, at ${person.page.url()}: ${failure.stack}`);
  }
  await person.context.close();
}

/** Who is given a role has another session from then on. */
async function furnished() {
  const people = new Map();
  for (const name of ['requester', 'operator', 'annotator']) people.set(name, await window(name, 'en'));
  const places = await furnishJune(Object.fromEntries([...people].map(([name, person]) => [name, caller(person.url, person)])));
  for (const [name, { context }] of people) {
    sessions[name].cookies = await context.cookies();
    await context.close();
  }
  return places;
}
