/**
 * How the image stands in the view: screen = image x scale + offset, in CSS pixels of the view.
 * Viewports are values; device pixels only matter to the layers that paint.
 */
import type { Box } from '../core/model';
import { clamp, type Point, type Size } from './geometry';

export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const MAX_SCALE = 64;
/** This much of the image (CSS pixels) always stays in the view, so that nobody loses it. */
const KEPT_IN_VIEW = 48;

export function toScreen(view: Viewport, point: Point): Point {
  return { x: point.x * view.scale + view.x, y: point.y * view.scale + view.y };
}

export function toImage(view: Viewport, point: Point): Point {
  return { x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale };
}

/** The whole image, centred, with a margin in CSS pixels. */
export function fit(image: Size, view: Size, margin = 16): Viewport {
  return fitBox({ x: 0, y: 0, ...image }, view, margin, MAX_SCALE);
}

/** A box, centred; at most `maxScale` large. */
export function fitBox(box: Box, view: Size, margin: number, maxScale: number): Viewport {
  const room = { width: Math.max(1, view.width - 2 * margin), height: Math.max(1, view.height - 2 * margin) };
  const scale = Math.min(room.width / Math.max(box.width, 1e-3), room.height / Math.max(box.height, 1e-3), maxScale);
  return centred({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, scale, view);
}

/** The viewport of the given scale with an image point in the middle of the view. */
export function centred(middle: Point, scale: number, view: Size): Viewport {
  return { scale, x: view.width / 2 - middle.x * scale, y: view.height / 2 - middle.y * scale };
}

/** Scaled by a factor with the image point under `anchor` (CSS pixels of the view) staying where it is. */
export function zoomedAt(view: Viewport, anchor: Point, factor: number, minScale: number): Viewport {
  const scale = clamp(view.scale * factor, minScale, MAX_SCALE);
  const still = toImage(view, anchor);
  return { scale, x: anchor.x - still.x * scale, y: anchor.y - still.y * scale };
}

export function panned(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** Moved back so far that a strip of the image is in the view. */
export function keptInView(view: Viewport, image: Size, size: Size): Viewport {
  const strip = Math.min(KEPT_IN_VIEW, size.width / 2, size.height / 2);
  return {
    scale: view.scale,
    x: clamp(view.x, strip - image.width * view.scale, size.width - strip),
    y: clamp(view.y, strip - image.height * view.scale, size.height - strip),
  };
}

/** Moved by the shortest way that brings a box into the view, unless it is there; its scale stays. */
export function revealing(view: Viewport, box: Box, size: Size, margin = 24): Viewport {
  return { scale: view.scale, x: shift(view.x, box.x, box.width, size.width), y: shift(view.y, box.y, box.height, size.height) };

  function shift(offset: number, start: number, length: number, room: number): number {
    const from = start * view.scale + offset;
    const to = from + length * view.scale;
    if (to - from > room - 2 * margin) {
      return to < margin || from > room - margin ? room / 2 - (start + length / 2) * view.scale : offset;
    }
    return from < margin ? offset + margin - from : to > room - margin ? offset + room - margin - to : offset;
  }
}

/** The part of image space that a view with `overdraw` (a share of its size, on each side) shows. */
export function visibleBox(view: Viewport, size: Size, overdraw = 0): Box {
  const from = toImage(view, { x: -size.width * overdraw, y: -size.height * overdraw });
  const to = toImage(view, { x: size.width * (1 + overdraw), y: size.height * (1 + overdraw) });
  return { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y };
}

/** The CSS transform that shows what was painted for `painted` as if it had been painted for `now`. */
export function transformBetween(painted: Viewport, now: Viewport): { scale: number; x: number; y: number } {
  const scale = now.scale / painted.scale;
  return { scale, x: now.x - painted.x * scale, y: now.y - painted.y * scale };
}
