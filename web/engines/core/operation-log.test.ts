import { describe, expect, it } from 'vitest';
import { EMPTY_ANSWER, boxOf, type Answer } from './model';
import { OperationLog } from './operation-log';
import { apply, EditMisfit, invert, type Edit } from './operations';
import { aBox, HandClock, logEnvironment, seeded } from './testing';

function aLog(base: Answer = EMPTY_ANSWER) {
  const clock = new HandClock();
  return { clock, log: new OperationLog(logEnvironment(clock), base) };
}

describe('an operation log', () => {
  it('undoes and redoes every kind of edit', () => {
    const { log } = aLog();
    const box = aBox('s1');
    const edits: Edit[] = [
      { kind: 'add', shape: box, index: 0 },
      { kind: 'move', shape: 's1', from: boxOf(box), to: { x: 5, y: 6, width: 7, height: 8 } },
      { kind: 'relabel', shape: 's1', from: { label: 'coin', attributes: {} }, to: { label: 'ring', attributes: {} } },
      { kind: 'attribute', shape: 's1', name: 'worn', from: null, to: true },
      { kind: 'answer', question: 'fitness', from: null, to: '2' },
      { kind: 'remove', shape: { ...box, x: 5, y: 6, width: 7, height: 8, label: 'ring', attributes: { worn: true } }, index: 0 },
    ];
    const states = [log.answer, ...edits.map((edit) => (log.edit(edit), log.answer))];
    for (const state of states.slice(0, -1).reverse()) {
      log.undo();
      expect(log.answer).toEqual(state);
    }
    for (const state of states.slice(1)) {
      log.redo();
      expect(log.answer).toEqual(state);
    }
    expect(log.canRedo).toBe(false);
  });

  it('stands where it stood after a reload, with the same steps to undo', () => {
    const { clock, log } = aLog();
    log.edit({ kind: 'add', shape: aBox('s1'), index: 0 });
    log.edit({ kind: 'add', shape: aBox('s2'), index: 1 });
    log.undo();
    const stored: typeof log.entries = JSON.parse(JSON.stringify(log.entries));
    const again = new OperationLog(logEnvironment(clock), EMPTY_ANSWER, stored);
    expect(again.answer).toEqual(log.answer);
    again.redo();
    expect(again.answer.shapes.map((shape) => shape.id)).toEqual(['s1', 's2']);
    again.undo();
    again.undo();
    expect(again.answer).toEqual(EMPTY_ANSWER);
    expect(again.canUndo).toBe(false);
  });

  it('takes a held arrow key back as one step, but not a later one', async () => {
    const { clock, log } = aLog({ answers: {}, shapes: [aBox('s1')] });
    const nudge = (x: number) => {
      const from = boxOf(log.answer.shapes[0] ?? aBox('none'));
      log.edit({ kind: 'move', shape: 's1', from, to: { ...from, x } });
    };
    nudge(1);
    await clock.pass(50);
    nudge(2);
    await clock.pass(5_000);
    nudge(3);
    log.undo();
    expect(log.answer.shapes[0]?.x).toBe(2);
    log.undo();
    expect(log.answer.shapes[0]?.x).toBe(0);
  });

  it('drops what was undone when something new is done', () => {
    const { log } = aLog();
    log.edit({ kind: 'answer', question: 'a', from: null, to: '1' });
    log.undo();
    log.edit({ kind: 'answer', question: 'b', from: null, to: '1' });
    expect(log.redo()).toBe(false);
    expect(log.answer.answers).toEqual({ b: '1' });
  });

  it('refuses an edit that does not fit', () => {
    const { log } = aLog();
    expect(() => log.edit({ kind: 'remove', shape: aBox('s1'), index: 0 })).toThrow(EditMisfit);
    expect(log.seq).toBe(0);
    expect(log.canUndo).toBe(false);
  });

  it('comes back to its base from any random walk, and replays to the same answer', () => {
    const seed = 20_260_101;
    console.info(`seed ${seed}`);
    const random = seeded(seed);
    const { clock, log } = aLog();
    for (let i = 0; i < 400; i++) {
      const roll = random();
      const shapes = log.answer.shapes;
      const index = Math.floor(random() * shapes.length);
      const shape = shapes[index];
      if (roll < 0.15) {
        log.undo();
      } else if (roll < 0.25) {
        log.redo();
      } else if (roll < 0.6 || shape === undefined) {
        log.edit({ kind: 'add', shape: aBox(`s${i}`, i, i), index: shapes.length });
      } else if (roll < 0.8) {
        log.edit({ kind: 'move', shape: shape.id, from: boxOf(shape), to: { ...boxOf(shape), x: random() * 100 } });
      } else {
        log.edit({ kind: 'remove', shape, index });
      }
    }
    const replayed = new OperationLog(logEnvironment(clock), EMPTY_ANSWER, log.entries);
    expect(replayed.answer).toEqual(log.answer);
    while (log.undo());
    expect(log.answer).toEqual(EMPTY_ANSWER);
  });
});

describe('an edit', () => {
  it('is undone by its inverse', () => {
    const answer: Answer = { answers: { a: ['x'] }, shapes: [aBox('s1'), aBox('s2')] };
    const edit: Edit = { kind: 'remove', shape: aBox('s1'), index: 0 };
    expect(apply(apply(answer, edit), invert(edit))).toEqual(answer);
  });
});
