/**
 * Measures the image engine in a real browser: CPU time of all browser processes a frame, and the time
 * between frames. Run by hand on a quiet machine:
 *
 *     CHROMIUM=/usr/bin/chromium node engines/image/bench/run.mjs
 *
 * CPU time is read from /proc, so this needs Linux.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const FRAMES = 240;
const CLOCK_TICKS_A_SECOND = 100;
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The ids of a process and all below it. */
function family(root) {
  const children = new Map();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = Number(readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ')[1].split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // The process ended while we looked.
    }
  }
  const walk = (id) => [id, ...(children.get(id) ?? []).flatMap(walk)];
  return walk(root);
}

/** CPU milliseconds that a browser's processes have used until now. */
function cpu(root) {
  return family(root).reduce((sum, id) => {
    try {
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ');
      return sum + ((Number(fields[11]) + Number(fields[12])) * 1000) / CLOCK_TICKS_A_SECOND;
    } catch {
      return sum;
    }
  }, 0);
}

function browserProcess() {
  const ours = family(process.pid).filter((id) => id !== process.pid);
  const found = ours.find((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--remote-debugging'));
  if (found === undefined) throw new Error('the browser process was not found');
  return found;
}

const server = await createServer({
  configFile: false,
  root: fileURLToPath(new URL('.', import.meta.url)),
  server: { port: 5998, fs: { allow: [fileURLToPath(new URL('../../..', import.meta.url))] } },
  logLevel: 'error',
});
await server.listen();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('pageerror', (error) => console.error(error));
  await page.goto('http://localhost:5998/');
  await page.evaluate(() => window.bench.then(() => undefined));
  await page.waitForTimeout(2_000);
  const root = browserProcess();

  const measure = async (name, frames, action) => {
    const before = cpu(root);
    const times = (await action()).slice(1).sort((a, b) => a - b);
    const used = cpu(root) - before;
    const at = (share) => times[Math.floor((times.length - 1) * share)].toFixed(1);
    console.log(`${name}: ${(used / frames).toFixed(1)} CPU ms a frame, frame p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
    await page.waitForTimeout(600);
  };
  const run = (move) => page.evaluate(([what, frames]) => window.bench.then((bench) => bench[what](frames)), [move, FRAMES]);

  await measure('pan, whole image in view, 5,000 boxes', FRAMES, () => run('pan'));
  await page.evaluate(() => window.bench.then((bench) => bench.fullSize()));
  await page.waitForTimeout(600);
  await measure('pan at 100 %', FRAMES, () => run('pan'));
  await page.evaluate(() => window.bench.then((bench) => bench.fit()));
  await page.waitForTimeout(600);
  await measure('zoom', FRAMES, () => run('zoom'));
  await page.evaluate(() => window.bench.then((bench) => (bench.fit(), bench.draw())));
  await page.waitForTimeout(600);
  await page.mouse.move(200, 200);
  await page.mouse.down();
  const moves = 120;
  await measure('drawing a box, a mouse move', moves, async () => {
    const times = [];
    for (let i = 0; i < moves; i++) {
      const start = performance.now();
      await page.mouse.move(200 + i * 4, 200 + i * 3);
      times.push(performance.now() - start);
    }
    return times;
  });
  await page.mouse.up();
} finally {
  await browser.close();
  await server.close();
}
