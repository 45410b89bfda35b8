import { describe, expect, it } from 'vitest';
import { seeded } from '../core/testing';
import { boxBetween, clipped, HANDLES, moved, resized, roundedBox } from './geometry';
import { fit, fitBox, keptInView, revealing, toImage, toScreen, transformBetween, visibleBox, zoomedAt } from './viewport';

const image = { width: 400, height: 300 };
const view = { width: 1280, height: 800 };

describe('boxes', () => {
  it('are made from any two corners', () => {
    expect(boxBetween({ x: 9, y: 2 }, { x: 4, y: 8 })).toEqual({ x: 4, y: 2, width: 5, height: 6 });
  });

  it('stop at the edge when moved, and keep their size', () => {
    expect(moved({ x: 390, y: 5, width: 10, height: 10 }, 50, -50, image)).toEqual({ x: 390, y: 0, width: 10, height: 10 });
  });

  it('are cut to the image', () => {
    expect(clipped({ x: -5, y: 290, width: 10, height: 20 }, image)).toEqual({ x: 0, y: 290, width: 5, height: 10 });
  });

  it('never leave the image, turn inside out or get too small, whatever handle is pulled how far', () => {
    const seed = 7;
    console.info(`seed ${seed}`);
    const random = seeded(seed);
    for (let i = 0; i < 2_000; i++) {
      const corner = { x: random() * 395, y: random() * 295 };
      const box = { ...corner, width: 2 + random() * (398 - corner.x), height: 2 + random() * (298 - corner.y) };
      const handle = HANDLES[Math.floor(random() * HANDLES.length)] ?? 'nw';
      const result = resized(box, handle, (random() - 0.5) * 2_000, (random() - 0.5) * 2_000, image, 2);
      expect(result.width).toBeGreaterThanOrEqual(2 - 1e-9);
      expect(result.height).toBeGreaterThanOrEqual(2 - 1e-9);
      expect(result.x).toBeGreaterThanOrEqual(0);
      expect(result.y).toBeGreaterThanOrEqual(0);
      expect(result.x + result.width).toBeLessThanOrEqual(400 + 1e-9);
      expect(result.y + result.height).toBeLessThanOrEqual(300 + 1e-9);
    }
  });

  it('keep both edges on hundredths when rounded', () => {
    expect(roundedBox({ x: 0.123456, y: 1.999, width: 10, height: 2.0049 })).toEqual({ x: 0.12, y: 2, width: 10, height: 2 });
  });
});

describe('the viewport', () => {
  it('fits the whole image into the middle', () => {
    const fitted = fit(image, view, 16);
    const topLeft = toScreen(fitted, { x: 0, y: 0 });
    const bottomRight = toScreen(fitted, { x: 400, y: 300 });
    expect(topLeft.y).toBeCloseTo(16);
    expect(bottomRight.y).toBeCloseTo(784);
    expect(topLeft.x + bottomRight.x).toBeCloseTo(1280);
  });

  it('zooms at the pointer: the image point under it stays', () => {
    const before = fit(image, view);
    const pointer = { x: 333, y: 444 };
    const after = zoomedAt(before, pointer, 1.7, 0.1);
    expect(toImage(after, pointer).x).toBeCloseTo(toImage(before, pointer).x);
    expect(toImage(after, pointer).y).toBeCloseTo(toImage(before, pointer).y);
    expect(after.scale).toBeCloseTo(before.scale * 1.7);
  });

  it('zooms no further than its limits', () => {
    expect(zoomedAt(fit(image, view), { x: 0, y: 0 }, 1e9, 0.1).scale).toBe(64);
    expect(zoomedAt(fit(image, view), { x: 0, y: 0 }, 1e-9, 0.1).scale).toBe(0.1);
  });

  it('never loses the image', () => {
    const lost = keptInView({ scale: 1, x: -5_000, y: 5_000 }, image, view);
    expect(lost.x + 400).toBe(48);
    expect(lost.y).toBe(800 - 48);
  });

  it('shows what was painted for one view where another has it', () => {
    const painted = fit(image, view);
    const now = zoomedAt(painted, { x: 100, y: 100 }, 1.3, 0.1);
    const { scale, x, y } = transformBetween(painted, now);
    const point = { x: 123, y: 45 };
    const was = toScreen(painted, point);
    expect(was.x * scale + x).toBeCloseTo(toScreen(now, point).x);
    expect(was.y * scale + y).toBeCloseTo(toScreen(now, point).y);
  });

  it('moves no further than needed to reveal a box', () => {
    const close = { scale: 8, x: 0, y: 0 };
    expect(revealing(close, { x: 10, y: 10, width: 20, height: 20 }, view)).toEqual(close);
    const revealed = revealing(close, { x: 300, y: 10, width: 20, height: 20 }, view);
    expect(toScreen(revealed, { x: 320, y: 0 }).x).toBeCloseTo(1280 - 24);
    expect(revealed.y).toBe(0);
  });

  it('zooms to a box but not beyond the given scale', () => {
    expect(fitBox({ x: 5, y: 5, width: 1, height: 1 }, view, 20, 8).scale).toBe(8);
  });

  it('sees more than the view with overdraw', () => {
    const seen = visibleBox({ scale: 2, x: 0, y: 0 }, view, 0.2);
    expect(seen).toEqual({ x: -128, y: -80, width: 896, height: 560 });
  });
});
