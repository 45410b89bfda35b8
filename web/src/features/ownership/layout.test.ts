import { describe, expect, it } from 'vitest';
import { BOX, draw, levels } from './layout';

const link = (owner: string, held: string) => ({ owner, held });

describe('the graph of stakes', () => {
  it('puts every owner above all that it holds', () => {
    const links = [link('meta', 'holding'), link('holding', 'vendor'), link('meta', 'vendor')];
    expect([...levels(['vendor', 'holding', 'meta'], links)]).toEqual([['vendor', 0], ['holding', 1], ['meta', 2]]);
    const at = new Map(draw(['meta', 'vendor', 'holding'], links).boxes.map((box) => [box.id, box.y]));
    expect(at.get('meta')).toBeLessThan(at.get('holding') ?? 0);
    expect(at.get('holding')).toBeLessThan(at.get('vendor') ?? 0);
  });

  it('comes to an end where stakes run in a circle', () => {
    const { boxes } = draw(['a', 'b'], [link('a', 'b'), link('b', 'a')]);
    expect(boxes.map(({ id }) => id).sort()).toEqual(['a', 'b']);
  });

  it('keeps boxes apart and inside the drawing', () => {
    const { boxes, width, height } = draw(['v', 'a', 'b', 'c'], [link('a', 'v'), link('b', 'v'), link('c', 'v')]);
    for (const box of boxes) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + BOX.width).toBeLessThanOrEqual(width);
      expect(box.y + BOX.height).toBeLessThanOrEqual(height);
      for (const other of boxes) if (other !== box && other.y === box.y) expect(Math.abs(other.x - box.x)).toBeGreaterThan(BOX.width);
    }
  });

  it('orders a row by what stands below it', () => {
    const xs = new Map(draw(['v', 'w', 'ow', 'ov'], [link('ow', 'w'), link('ov', 'v')]).boxes.map(({ id, x }) => [id, x]));
    expect((xs.get('v') ?? 0) < (xs.get('w') ?? 0)).toBe((xs.get('ov') ?? 0) < (xs.get('ow') ?? 0));
  });
});
