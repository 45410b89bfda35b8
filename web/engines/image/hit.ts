/** Which handle of the selected box a pointer means. */
import type { Box } from '../core/model';
import { contains, handleAt, HANDLES, type Handle, type Point } from './geometry';
import { toScreen, type Viewport } from './viewport';

/** Handles answer within a square of 24 CSS pixels (WCAG 2.2, 2.5.8), however small they are painted. */
export const HANDLE_TARGET = 24;
/** A box with less room than this between its handles (CSS pixels) keeps its middle free for moving. */
const MOVING_ROOM = 12;

/**
 * The handle under a pointer, corners first. On a box too small to hold all targets they reach outwards
 * only, so that its inside still moves it; handles in the middle of an edge need an edge of three targets.
 *
 * @param pointer CSS pixels of the view
 */
export function handleUnder(pointer: Point, box: Box, view: Viewport): Handle | undefined {
  const width = box.width * view.scale;
  const height = box.height * view.scale;
  const small = Math.min(width, height) < HANDLE_TARGET + MOVING_ROOM;
  const corner = toScreen(view, box);
  const inside = contains({ x: corner.x, y: corner.y, width, height }, pointer, -1);
  if (small && inside) {
    return undefined;
  }
  return HANDLES.find((handle) => isShown(handle, width, height) && near(toScreen(view, handleAt(box, handle)), pointer));
}

/** Whether a handle is painted and answers on a box of this size in CSS pixels. */
export function isShown(handle: Handle, width: number, height: number): boolean {
  switch (handle) {
    case 'nw':
    case 'ne':
    case 'se':
    case 'sw':
      return true;
    case 'n':
    case 's':
      return width >= 3 * HANDLE_TARGET;
    case 'e':
    case 'w':
      return height >= 3 * HANDLE_TARGET;
  }
}

function near(a: Point, b: Point): boolean {
  return Math.abs(a.x - b.x) <= HANDLE_TARGET / 2 && Math.abs(a.y - b.y) <= HANDLE_TARGET / 2;
}
