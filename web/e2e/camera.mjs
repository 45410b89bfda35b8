/**
 * Takes each screen in light and dark, and looks at what a picture does not show by itself: text that runs out of the
 * window, an English text on a French screen, what only a program reads (ids, undefined, the machine's dates).
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SCHEMES = ['light', 'dark'];
/** Where the narrowest console that is promised has its edge. */
export const CONSOLE = { width: 1280, height: 860 };
const POCKET = { width: 390, height: 844 };
const HIGHEST = 2600;
const LOADING_MS = 60_000;
/** What no person should have to read outside of code. */
const FOR_MACHINES = [/\bundefined\b|\bNaN\b|\[object /, /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/, /\b\d{4}-\d{2}-\d{2}T\d/, /(^|\s)\d{4}-\d{2}-\d{2}($|\s)/, /(^|\s)[a-z]+_[a-z_]+($|\s)/];

export function camera({ to, wanted, chosen, complain }) {
  mkdirSync(to, { recursive: true });
  const english = untranslated();
  const opened = new Set();
  const remarks = new Set();

  /** `pocket` also takes it as wide as a telephone; `window` only what fits in it; `live` never comes to rest. */
  async function shoot({ page, locale }, name, { pocket = false, window = false, live = false } = {}) {
    if (!live) await settled(page);
    await pictures(page, name, locale, !window);
    await inspect(page, `${name}, ${locale}`, locale);
    if (!pocket) return;
    await page.setViewportSize(POCKET);
    await pictures(page, `${name}-pocket`, locale, !window);
    await overflow(page, `${name}, ${locale}, as wide as a telephone`);
    await page.setViewportSize(CONSOLE);
  }

  async function pictures(page, name, locale, whole) {
    const window = page.viewportSize();
    // A window as high as the page, in which what sticks to the window's edges does so at the page's.
    const high = await page.evaluate(() => document.documentElement.scrollHeight);
    if (whole && high > window.height) await page.setViewportSize({ ...window, height: Math.min(high, HIGHEST) });
    for (const scheme of SCHEMES) {
      if (!wanted(`${locale}-${scheme}`)) continue;
      await page.emulateMedia({ colorScheme: scheme });
      // Colours change over a moment.
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(to, `${name}-${locale}-${scheme}.png`) });
    }
    await page.setViewportSize(window);
  }

  async function inspect(page, screen, locale) {
    await overflow(page, screen);
    const texts = await page.evaluate(shown);
    if (locale !== 'en') for (const text of new Set(texts)) if (english.has(text)) complain(`${screen}: “${text}” is shown in English`);
    const strange = texts.filter((text) => FOR_MACHINES.some((sign) => sign.test(text)));
    for (const text of strange.slice(0, 3)) remarks.add(`${screen}: ${text.slice(0, 120)}`);
  }

  async function overflow(page, screen) {
    const { wide, window } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, window: document.documentElement.clientWidth }));
    if (wide > window) complain(`${screen}: ${wide - window} pixels run out of the window on the side`);
  }

  /** Whether a screen is asked for, so that an act before it can be spared. */
  const takes = (name) => chosen.test(name);
  return { shoot, takes, opened, remarks: () => [...remarks] };
}

/** Within one document the network is idle for good once it has been: a list that still loads says so. */
async function settled(page) {
  await page.waitForLoadState('networkidle');
  // It has to stay away for a moment, since a page that has just begun has not said so yet.
  for (let quiet = 0; quiet < 4; quiet++) {
    await page.waitForTimeout(120);
    const loading = page.getByTestId('loading').first();
    if (await loading.isVisible()) {
      await loading.waitFor({ state: 'detached', timeout: LOADING_MS });
      quiet = 0;
    }
  }
}

/** In the page: the texts that a person sees or is read, without code and what people typed. */
function shown() {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || parent.closest('code, pre, script, style, textarea, [lang]:not(html)') || !parent.checkVisibility()) continue;
    const text = node.nodeValue?.trim();
    if (text) texts.push(text);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder]')) {
    for (const name of ['aria-label', 'placeholder']) {
      const text = element.getAttribute(name)?.trim();
      if (text) texts.push(text);
    }
  }
  return texts;
}

/** The English texts that read otherwise in French. */
function untranslated() {
  const texts = new Set();
  for (const catalogue of ['console', 'desk']) {
    const po = readFileSync(new URL(`../src/locales/fr/${catalogue}.po`, import.meta.url), 'utf8');
    for (const [, said, french] of po.matchAll(/^msgid "(.*)"\nmsgstr "(.*)"$/gm)) {
      const text = said.replaceAll('\\"', '"');
      // One word may be somebody's name for something of his own.
      if (said !== french && !/[{<]/.test(said) && /\s/.test(said)) texts.add(text);
    }
  }
  return texts;
}
