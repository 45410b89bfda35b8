/**
 * The control of the browser tests themselves: on a page of the running server, does each kind of fault that they watch for
 * (a console error, an uncaught error, a refused request, a breach of the content security policy, a write without an
 * idempotency key, an inaccessible screen) become a complaint? Exits 1 if one goes unseen.
 *
 *     node e2e/eyes.mjs --url http://localhost:8420
 */
import { expect, launch, lookAt, option } from './browser.mjs';

/** What goes wrong, and what the complaint must say. */
const FAULTS = [
  ['a console error', /a slip of the page/, (page) => page.evaluate(() => console.error('a slip of the page'))],
  ['an uncaught error', /nobody caught me/, (page) => page.evaluate(() => void Promise.reject(new Error('nobody caught me')))],
  ['a refused request', /status of 401/, (page) => page.evaluate(() => fetch('/api/v1/clients').then(() => undefined))],
  [
    'a foreign image',
    /policy.*img-src/,
    (page) => page.evaluate(() => document.body.append(Object.assign(new Image(), { alt: '', src: 'http://elsewhere.invalid/pixel.png' }))),
  ],
  [
    'a script in the page',
    /policy.*script-src/,
    (page) => page.evaluate(() => document.body.append(Object.assign(document.createElement('script'), { textContent: '1 + 1' }))),
  ],
  [
    'a style in the page',
    /policy.*style-src-elem[\s\S]*policy.*style-src-attr/,
    (page) =>
      page.evaluate(() => {
        document.head.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }));
        document.body.append(Object.assign(document.createElement('div'), { innerHTML: '<p style="color: red">red</p>' }));
      }),
  ],
  ['a write without a key', /POST \/api\/v1\/session without an Idempotency-Key/, (page) => page.evaluate(() => fetch('/api/v1/session', { method: 'POST', body: '{}' }).then(() => undefined))],
  ['a button without a name', /critical button-name/, (page) => page.evaluate(() => document.body.append(document.createElement('button')))],
];

for (const [name, words, commit] of FAULTS) {
  const browser = await launch(option('url'));
  const person = await browser.person('nobody');
  await person.go('/sign-in');
  await person.id('sign-in-form').waitFor();
  await commit(person.page);
  await person.page.waitForTimeout(300);
  await lookAt(person, name, browser.complain);
  const seen = await browser.close().then(
    () => 'no complaint',
    (complaint) => complaint.message,
  );
  expect(`${name} is seen`, words.test(seen), seen);
}
const quiet = await launch(option('url'));
const person = await quiet.person('nobody');
await person.go('/sign-in');
await person.id('sign-in-form').waitFor();
await lookAt(person, 'the page as it is', quiet.complain);
await quiet.close();
expect('a page without a fault is left in peace', true);
