/** Rectangles in image pixels. All functions are pure; no result leaves the bounds it was given. */
import type { Box } from '../core/model';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The eight places a box is resized at, as compass points. */
export type Handle = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w';

export const HANDLES: readonly Handle[] = ['nw', 'ne', 'se', 'sw', 'n', 'e', 's', 'w'];

/** Coordinates are kept to a hundredth of a pixel: finer than any hand, and short in JSON. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

export function roundedBox(box: Box): Box {
  const x = rounded(box.x);
  const y = rounded(box.y);
  return { x, y, width: rounded(box.x + box.width - x), height: rounded(box.y + box.height - y) };
}

/** The box with two opposite corners. */
export function boxBetween(a: Point, b: Point): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

export function clampPoint(point: Point, bounds: Size): Point {
  return { x: clamp(point.x, 0, bounds.width), y: clamp(point.y, 0, bounds.height) };
}

/** The box moved by a vector as far as the bounds let it; its size stays. */
export function moved(box: Box, dx: number, dy: number, bounds: Size): Box {
  return {
    ...box,
    x: clamp(box.x + dx, 0, Math.max(0, bounds.width - box.width)),
    y: clamp(box.y + dy, 0, Math.max(0, bounds.height - box.height)),
  };
}

/** The part of the box inside the bounds. */
export function clipped(box: Box, bounds: Size): Box {
  const from = clampPoint(box, bounds);
  const to = clampPoint({ x: box.x + box.width, y: box.y + box.height }, bounds);
  return boxBetween(from, to);
}

/**
 * The box with one handle pulled by a vector. An edge stops at the bounds and at `minSize` from the
 * opposite edge: a box is never turned inside out.
 */
export function resized(box: Box, handle: Handle, dx: number, dy: number, bounds: Size, minSize: number): Box {
  let left = box.x;
  let top = box.y;
  let right = box.x + box.width;
  let bottom = box.y + box.height;
  if (handle.includes('w')) {
    left = clamp(left + dx, 0, Math.max(0, right - minSize));
  }
  if (handle.includes('e')) {
    right = clamp(right + dx, Math.min(bounds.width, left + minSize), bounds.width);
  }
  if (handle.includes('n')) {
    top = clamp(top + dy, 0, Math.max(0, bottom - minSize));
  }
  if (handle.includes('s')) {
    bottom = clamp(bottom + dy, Math.min(bounds.height, top + minSize), bounds.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Where a handle of the box is. */
export function handleAt(box: Box, handle: Handle): Point {
  const x = handle.includes('w') ? box.x : handle.includes('e') ? box.x + box.width : box.x + box.width / 2;
  const y = handle.includes('n') ? box.y : handle.includes('s') ? box.y + box.height : box.y + box.height / 2;
  return { x, y };
}

export function contains(box: Box, point: Point, margin = 0): boolean {
  return (
    point.x >= box.x - margin &&
    point.y >= box.y - margin &&
    point.x <= box.x + box.width + margin &&
    point.y <= box.y + box.height + margin
  );
}

export function intersects(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** A square of the given side around a point, moved (and if need be cut) into the bounds. */
export function centredBox(middle: Point, side: number, bounds: Size): Box {
  const box = {
    x: middle.x - side / 2,
    y: middle.y - side / 2,
    width: Math.min(side, bounds.width),
    height: Math.min(side, bounds.height),
  };
  return moved(box, 0, 0, bounds);
}
