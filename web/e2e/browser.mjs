/**
 * A real browser before the real server, with eyes: whatever a page complains about (an uncaught error, a console error,
 * a breach of the content security policy, an answer of the server that nobody expected, a write without an idempotency
 * key) fails the run.
 */
import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PATIENCE_MS = 20_000;

/** The browser's executable: `CHROMIUM`, or the first known name on the path. */
function executable() {
  const named = process.env.CHROMIUM;
  const places = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  for (const place of named ? [named] : places) {
    try {
      accessSync(place, constants.X_OK);
      return place;
    } catch {
      // Look on.
    }
  }
  throw new Error(
    named
      ? `CHROMIUM names ${named}, which is no executable.`
      : 'No browser found. Install Chromium (on Debian: apt-get install chromium) or set CHROMIUM to its executable.',
  );
}

/** Ends the run with the reason when something does not hold. */
export function expect(name, holds, seen = '') {
  if (!holds) throw new Error(`${name}: does not hold${seen === '' ? '' : `; seen: ${seen}`}`);
  console.log(`ok  ${name}`);
}

/** Waits until a probe gives what is wanted. */
export async function eventually(name, probe, wanted) {
  const deadline = performance.now() + PATIENCE_MS;
  let seen = await probe();
  while (seen !== wanted && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    seen = await probe();
  }
  expect(name, seen === wanted, JSON.stringify(seen));
}

/** A browser at one server. `close` throws what the pages complained about. */
export async function launch(url) {
  const browser = await chromium.launch({ executablePath: executable(), args: FLAGS });
  const complaints = [];

  /** A person's own window: cookies, storage and database apart from every other's. */
  async function person(name, options = {}) {
    const context = await browser.newContext({
      viewport: { width: 1360, height: 860 },
      locale: 'en',
      reducedMotion: 'reduce',
      acceptDownloads: true,
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`content security policy: ${event.violatedDirective} refused ${event.blockedURI}`),
      );
    });
    const page = await context.newPage();
    /** Refusals that the next steps bring about on purpose, as `STATUS /path` or a pattern of that. */
    const forgiven = new Set(['401 /api/v1/session']);
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      const writes = pathname.startsWith('/api/') && request.method() !== 'GET';
      if (writes && !request.headers()['idempotency-key']) complaints.push(`${name}: ${request.method()} ${pathname} without an Idempotency-Key`);
    });
    page.on('pageerror', (error) => complaints.push(`${name}: ${error.stack ?? error}`));
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      const refused = /status of (\d+)/.exec(message.text());
      const at = message.location().url ? new URL(message.location().url).pathname : '';
      if (refused && [...forgiven].some((one) => (one instanceof RegExp ? one.test(`${refused[1]} ${at}`) : one === `${refused[1]} ${at}`))) return;
      complaints.push(`${name}: ${message.text()} (${page.url()} ${at})`);
    });
    /** Opens a page as if newly typed: one that is open already is read again. */
    const go = (hash) => (page.url() === `${url}/#${hash}` ? page.reload() : page.goto(`${url}/#${hash}`));
    return { name, context, page, forgiven, go, id: (testId) => page.getByTestId(testId) };
  }

  return {
    person,
    complain: (complaint) => complaints.push(complaint),
    async close() {
      await browser.close();
      if (complaints.length > 0) throw new Error(`The pages complained:\n  ${complaints.join('\n  ')}`);
    },
  };
}

/** Looks at the screen as axe-core does; what is serious or critical is a complaint. With `--shots DIR` keeps a picture. */
export async function lookAt({ page }, screen, complain) {
  const shots = option('shots', '');
  if (shots !== '') await page.screenshot({ path: join(shots, `${screen.replace(/\W+/g, '-')}.png`) });
  // The policy of our own pages allows no injected script element; the debugger's evaluation needs none.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules }), AXE_RULES);
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  for (const { id, impact, nodes } of grave) {
    const places = nodes.slice(0, 4).map((node) => `\n      ${node.target.join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`);
    complain(`${screen}: ${impact} ${id}${places.join('')}`);
  }
  const minor = violations.filter((violation) => !grave.includes(violation)).map(({ id }) => id);
  console.log(`${grave.length === 0 ? 'ok ' : 'BAD'} axe: ${screen}${minor.length > 0 ? ` (minor: ${minor.join(', ')})` : ''}`);
}

/** The value of `--name` on the command line. */
export function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  const value = at === -1 ? fallback : process.argv[at + 1];
  if (value === undefined) {
    console.error(`--${name} is missing`);
    process.exit(2);
  }
  return value;
}
