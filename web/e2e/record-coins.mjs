/**
 * Records the demonstration's coin answers on the real desk: four people draw with the mouse on the five photographs, and
 * what the server stored becomes `answers.json`. Run by hand, against an installation that nobody has set up yet:
 *
 *     ./etalon serve --data DIR            # prints the set-up link
 *     node e2e/record-coins.mjs --url http://localhost:8420 --link LINK --images DIR --answers FILE
 *
 * Everybody aims at the boxes of coins-drawn.json, with a hand of his own: the reference's is steady, Ada's careful;
 * Benoît overlooks two coins; Chloé takes the cup's rim for a coin and draws one box far too large. The hands' errors are
 * drawn from a seed, so that the strokes are the same at every run; the desk decides what becomes of them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as acts from './acts.mjs';
import { expect, launch, option } from './browser.mjs';

const CLIENT = 'recording';
const PASSWORD = 'a long sentence that nobody guesses';
const SEED = 20251118;
const COINS = JSON.parse(readFileSync(new URL('coins-drawn.json', import.meta.url), 'utf8'));
const CUP_RIM = [173, 18, 235, 190];
const SIZES = {
  'coins-row-1.png': { width: 1152, height: 240 },
  'coins-row-2.png': { width: 1152, height: 204 },
  'coins-row-3.png': { width: 1152, height: 228 },
  'coins-row-4.png': { width: 1152, height: 231 },
  'coffee.jpg': { width: 600, height: 400 },
};

/** Who draws: how far the hand strays from each corner, in image pixels, and what it makes of a photograph's boxes. */
const PEOPLE = [
  { name: 'reference', email: 'reference@coins.example', stray: 0, see: (_image, boxes) => boxes },
  { name: 'Ada', email: 'ada@coins.example', stray: 2, see: (_image, boxes) => boxes },
  {
    name: 'Benoît',
    email: 'benoit@coins.example',
    stray: 5,
    see(image, boxes) {
      if (image === 'coins-row-4.png') return boxes.slice(0, -1);
      // The darkest coin: nearly the table's own grey.
      if (image === 'coins-row-1.png') return boxes.filter((_, index) => index !== 2);
      return boxes;
    },
  },
  {
    name: 'Chloé',
    email: 'chloe@coins.example',
    stray: 8,
    see(image, boxes) {
      if (image === 'coffee.jpg') return [CUP_RIM];
      if (image === 'coins-row-2.png') return boxes.map((box, index) => (index === 1 ? doubled(box) : box));
      return boxes;
    },
  },
];

function doubled([x, y, width, height]) {
  return [x - width / 2, y - height / 2, 2 * width, 2 * height];
}

/** A small seeded generator of numbers from 0 to 1 (mulberry32 by Tommy Ettinger, public domain). */
function numbersFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The stroke that a hand makes for a box: each edge off by up to `stray` pixels, the pointer inside the image. */
function stroke([x, y, width, height], stray, size, random) {
  const off = () => (2 * random() - 1) * stray;
  const within = (value, most) => Math.min(Math.max(value, 0), most);
  const left = within(x + off(), size.width);
  const top = within(y + off(), size.height);
  return [left, top, within(x + width + off(), size.width) - left, within(y + height + off(), size.height) - top];
}

const browser = await launch(option('url'));
const images = Object.keys(COINS);
try {
  const requester = await prepare();
  const drawn = {};
  for (const [index, person] of PEOPLE.entries()) drawn[person.name] = await record(requester, person, numbersFrom(SEED + index));
  writeFileSync(option('answers'), written({ images, drawn }));
} catch (failure) {
  browser.complain(failure.stack);
}
await browser.close();

async function prepare() {
  const operator = await browser.person('operator');
  await acts.openLink(operator, option('link'), { name: 'Operator', password: PASSWORD });
  const link = await acts.makeClient(operator, { name: 'Recording', slug: CLIENT, requester: 'requester@coins.example' });
  const requester = await browser.person('requester');
  await acts.acceptInvitation(requester, link, { name: 'Requester', password: PASSWORD });
  return requester;
}

/** One person draws a project of his own, which only his workforce sees; gives what the server stored. */
async function record(requester, { name, email, stray, see }, random) {
  await acts.addWorkforce(requester, CLIENT, name);
  const link = await acts.invite(requester, CLIENT, email, ['Annotator'], name);
  const project = await acts.createProject(requester, CLIENT, {
    name: `Drawn by ${name}`,
    codeName: `Coins ${PEOPLE.findIndex((person) => person.name === name) + 1}`,
    labels: [{ en: 'Coin', fr: 'Pièce' }],
    workforce: name,
    redundancy: 1,
    reviewed: 0,
  });
  await acts.upload(requester, images.map((image) => join(option('images'), image)));
  await acts.plan(requester, CLIENT, project, images.length);

  const annotator = await browser.person(name);
  await acts.acceptInvitation(annotator, link, { name, password: PASSWORD });
  await annotator.go(`/desk/${CLIENT}/${project}`);
  await acts.readInstructions(annotator);
  for (let n = 0; n < images.length; n++) {
    const { task, asset } = await acts.taskInHand(annotator);
    const picture = await acts.wholeImage(annotator, SIZES[asset]);
    const boxes = see(asset, COINS[asset]);
    for (const box of boxes) await acts.dragBox(picture, stroke(box, stray, SIZES[asset], random));
    await acts.expectBoxes(annotator, boxes.length);
    await annotator.id('submit').click();
    await acts.taskAfter(annotator, task);
  }
  await annotator.page.locator('[data-phase=empty]').waitFor();
  await annotator.context.close();
  return stored(requester, project, name);
}

/** The submissions as the server gives them to the requester: boxes [x, y, width, height] of each photograph. */
async function stored({ context }, project, name) {
  const at = `${option('url')}/api/v1/clients/${CLIENT}/projects/${project}/tasks`;
  const read = async (address) => (await context.request.get(address)).json();
  const boxes = {};
  for (const { id, asset } of (await read(at)).items) {
    const { submissionList } = await read(`${at}/${id}`);
    boxes[asset.name] = submissionList[0].answer.shapes.map(({ x, y, width, height }) => [x, y, width, height]);
  }
  expect(`${name} has answered every photograph`, images.every((image) => image in boxes));
  return Object.fromEntries(images.map((image) => [image, boxes[image]]));
}

/** JSON with one box a line. */
function written(value) {
  return `${JSON.stringify(value, null, 1).replace(/\[\s+(-?[\d.]+),\s+(-?[\d.]+),\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]/g, '[$1, $2, $3, $4]')}\n`;
}
