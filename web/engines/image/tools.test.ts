import { describe, expect, it } from 'vitest';
import type { Shape } from '../core/model';
import { aBox } from '../core/testing';
import { handleUnder } from './hit';
import { ShapeIndex } from './shape-index';
import { IDLE, step, type Surroundings, type ToolEffect, type ToolInput, type ToolName, type ToolState } from './tools';
import { toScreen, type Viewport } from './viewport';

const view: Viewport = { scale: 2, x: 10, y: 20 };

/** A tool in the hand, over the given shapes; coordinates are image pixels. */
class Hand {
  state: ToolState = IDLE;
  effects: ToolEffect[] = [];
  selected: Shape | undefined;
  readOnly = false;
  readonly #tool: ToolName;
  readonly #index = new ShapeIndex();

  constructor(tool: ToolName, shapes: readonly Shape[] = [], selected?: Shape) {
    this.#tool = tool;
    this.#index.set(shapes);
    this.selected = selected;
  }

  down = (x: number, y: number) => this.#feed({ type: 'down', at: at(x, y) });
  move = (x: number, y: number) => this.#feed({ type: 'move', at: at(x, y) });
  up = (x: number, y: number) => this.#feed({ type: 'up', at: at(x, y) });
  cancel = () => this.#feed({ type: 'cancel' });

  /** Effects other than previews. */
  get results(): ToolEffect[] {
    return this.effects.filter((effect) => effect.type !== 'preview');
  }

  #feed(input: ToolInput): void {
    const around: Surroundings = {
      image: { width: 400, height: 300 },
      minSize: 2,
      readOnly: this.readOnly,
      selected: this.selected,
      shapeAt: (point) => this.#index.at(point, 0),
      handleAt: (screen) => {
        const handle = this.selected && handleUnder(screen, this.selected, view);
        return this.selected && handle ? { shape: this.selected, handle } : undefined;
      },
    };
    const next = step(this.#tool, this.state, input, around);
    this.state = next.state;
    this.effects.push(...next.effects);
  }
}

function at(x: number, y: number) {
  return { image: { x, y }, screen: toScreen(view, { x, y }) };
}

describe('the drawing tool', () => {
  it('draws by drag', () => {
    const hand = new Hand('draw');
    hand.down(50, 60);
    hand.move(20, 30);
    hand.up(20, 30);
    expect(hand.results).toEqual([{ type: 'drawn', box: { x: 20, y: 30, width: 30, height: 30 } }]);
    expect(hand.state).toBe(IDLE);
  });

  it('draws by click and click, without dragging (WCAG 2.5.7)', () => {
    const hand = new Hand('draw');
    hand.down(20, 30);
    hand.up(20, 30);
    expect(hand.state.name).toBe('waiting');
    hand.move(60, 90);
    hand.down(60, 90);
    hand.up(60, 90);
    expect(hand.results).toEqual([{ type: 'drawn', box: { x: 20, y: 30, width: 40, height: 60 } }]);
  });

  it('takes a trembling press for a click', () => {
    const hand = new Hand('draw');
    hand.down(20, 30);
    hand.move(21, 31);
    hand.up(21, 31);
    expect(hand.state.name).toBe('waiting');
  });

  it('cuts the box at the image', () => {
    const hand = new Hand('draw');
    hand.down(390, 290);
    hand.move(900, 900);
    hand.up(900, 900);
    expect(hand.results).toEqual([{ type: 'drawn', box: { x: 390, y: 290, width: 10, height: 10 } }]);
  });

  it('refuses a box that is too small', () => {
    const hand = new Hand('draw');
    hand.down(20, 30);
    hand.move(60, 31);
    hand.up(60, 31);
    expect(hand.results).toEqual([{ type: 'refused', reason: 'too-small' }]);
  });

  it('gives up on Escape, and then draws nothing', () => {
    const hand = new Hand('draw');
    hand.down(20, 30);
    hand.move(60, 90);
    hand.cancel();
    hand.up(60, 90);
    expect(hand.results).toEqual([]);
    expect(hand.effects.at(-1)).toEqual({ type: 'preview', shape: null, box: null });
  });

  it('draws nothing where nothing may be changed', () => {
    const hand = new Hand('draw');
    hand.readOnly = true;
    hand.down(20, 30);
    hand.move(60, 90);
    hand.up(60, 90);
    expect(hand.effects).toEqual([]);
  });
});

describe('the selecting tool', () => {
  const small = aBox('small', 100, 100, 10, 10);
  const large = aBox('large', 50, 50, 200, 200);

  it('selects the smallest box under the pointer, and nothing beside them', () => {
    const hand = new Hand('select', [small, large]);
    hand.down(105, 105);
    hand.up(105, 105);
    hand.selected = small;
    hand.down(300, 10);
    expect(hand.results).toEqual([
      { type: 'select', id: 'small' },
      { type: 'select', id: null },
    ]);
  });

  it('moves a box in one stroke from where it was', () => {
    const hand = new Hand('select', [large]);
    hand.down(60, 60);
    hand.move(65, 60);
    hand.move(80, 50);
    hand.up(80, 50);
    expect(hand.results).toEqual([
      { type: 'select', id: 'large' },
      {
        type: 'moved',
        id: 'large',
        from: { x: 50, y: 50, width: 200, height: 200 },
        to: { x: 70, y: 40, width: 200, height: 200 },
      },
    ]);
  });

  it('moves the selected box also from where a smaller one lies in it, but a click takes the smaller one', () => {
    const hand = new Hand('select', [small, large], large);
    hand.down(105, 105);
    hand.move(125, 105);
    hand.up(125, 105);
    expect(hand.results).toMatchObject([{ type: 'moved', id: 'large' }]);
    hand.down(105, 105);
    hand.up(105, 105);
    expect(hand.results.at(-1)).toEqual({ type: 'select', id: 'small' });
  });

  it('resizes at a handle', () => {
    const hand = new Hand('select', [large], large);
    hand.down(250, 250);
    hand.move(240, 230);
    hand.up(240, 230);
    expect(hand.results).toMatchObject([{ type: 'moved', to: { x: 50, y: 50, width: 190, height: 180 } }]);
  });

  it('proposes nothing when the box ends where it began', () => {
    const hand = new Hand('select', [large], large);
    hand.down(150, 150);
    hand.move(170, 150);
    hand.move(150, 150);
    hand.up(150, 150);
    expect(hand.results).toEqual([]);
  });

  it('only looks where nothing may be changed', () => {
    const hand = new Hand('select', [large]);
    hand.readOnly = true;
    hand.down(60, 60);
    hand.move(90, 90);
    hand.up(90, 90);
    expect(hand.results).toEqual([{ type: 'select', id: 'large' }]);
  });
});

describe('handles', () => {
  it('answer within 24 CSS pixels around', () => {
    const box = { x: 50, y: 50, width: 100, height: 100 };
    const corner = toScreen(view, { x: 150, y: 150 });
    expect(handleUnder({ x: corner.x + 11, y: corner.y - 11 }, box, view)).toBe('se');
    expect(handleUnder({ x: corner.x + 13, y: corner.y }, box, view)).toBeUndefined();
  });

  it('leave the inside of a tiny box free for moving it', () => {
    const box = { x: 50, y: 50, width: 10, height: 10 };
    expect(handleUnder(toScreen(view, { x: 55, y: 55 }), box, view)).toBeUndefined();
    const corner = toScreen(view, { x: 60, y: 60 });
    expect(handleUnder({ x: corner.x + 8, y: corner.y + 8 }, box, view)).toBe('se');
  });
});

describe('the shape index', () => {
  it('finds what a plain search finds, in drawing order', () => {
    const shapes = Array.from({ length: 500 }, (_, i) => aBox(`s${i}`, (i * 37) % 380, (i * 91) % 280, 12, 9));
    const index = new ShapeIndex();
    index.set(shapes);
    const box = { x: 100, y: 100, width: 60, height: 40 };
    const plain = shapes.filter((s) => s.x <= 160 && s.x + s.width >= 100 && s.y <= 140 && s.y + s.height >= 100);
    expect(index.within(box)).toEqual(plain);
    expect(plain.length).toBeGreaterThan(5);
  });

  it('is empty without shapes', () => {
    const index = new ShapeIndex();
    index.set([]);
    expect(index.within({ x: 0, y: 0, width: 9, height: 9 })).toEqual([]);
  });
});
