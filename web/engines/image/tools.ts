/**
 * The tools as state machines: (state, input, surroundings) -> (state, effects). No DOM, no clock.
 *
 * select: idle -down on handle-> resizing -up-> idle
 *         idle -down on shape-> pressing -move beyond the slop-> moving -up-> idle
 *         pressing -up-> idle (a click: selects)
 * draw:   idle -down-> pressed -move beyond the slop-> dragging -up-> idle (drawn by drag)
 *         pressed -up-> waiting -down-> pressedAgain -up-> idle (drawn by click and click)
 * pan:    idle -down-> panning -up-> idle
 * Escape (or the browser taking the pointer away) leads every state back to idle without a result.
 */
import { sameBox, type Box, type Shape } from '../core/model';
import { boxBetween, clampPoint, contains, moved, resized, roundedBox, type Handle, type Point, type Size } from './geometry';

export type ToolName = 'select' | 'draw' | 'pan';

export type ToolState =
  | { readonly name: 'idle' }
  /** `shape` moves if the hand does; a click selects `clicked`. */
  | { readonly name: 'pressing'; readonly shape: Shape; readonly clicked: Shape; readonly start: PointerAt }
  | { readonly name: 'moving'; readonly shape: Shape; readonly start: PointerAt; readonly box: Box }
  | { readonly name: 'resizing'; readonly shape: Shape; readonly handle: Handle; readonly start: PointerAt; readonly box: Box }
  | { readonly name: 'pressed'; readonly start: PointerAt }
  | { readonly name: 'dragging'; readonly start: PointerAt; readonly box: Box }
  | { readonly name: 'waiting'; readonly start: PointerAt; readonly box: Box }
  | { readonly name: 'pressedAgain'; readonly start: PointerAt; readonly box: Box }
  | { readonly name: 'panning'; readonly last: Point };

/** A pointer in both spaces; `screen` in CSS pixels of the view. */
export interface PointerAt {
  readonly image: Point;
  readonly screen: Point;
}

export type ToolInput =
  | { readonly type: 'down' | 'move' | 'up'; readonly at: PointerAt }
  | { readonly type: 'cancel' };

export type ToolEffect =
  | { readonly type: 'select'; readonly id: string | null }
  /** The box that the live layer shows while the hand moves; null shows none. */
  | { readonly type: 'preview'; readonly shape: string | null; readonly box: Box | null }
  | { readonly type: 'moved'; readonly id: string; readonly from: Box; readonly to: Box }
  | { readonly type: 'drawn'; readonly box: Box }
  | { readonly type: 'refused'; readonly reason: 'too-small' }
  | { readonly type: 'pan'; readonly dx: number; readonly dy: number };

/** What a tool needs to know of the picture at the moment of an input. */
export interface Surroundings {
  readonly image: Size;
  /** Smallest width and height of a box, in image pixels. */
  readonly minSize: number;
  readonly readOnly: boolean;
  readonly selected: Shape | undefined;
  readonly handleAt: (screen: Point) => { readonly shape: Shape; readonly handle: Handle } | undefined;
  readonly shapeAt: (image: Point) => Shape | undefined;
}

export interface Step {
  readonly state: ToolState;
  readonly effects: readonly ToolEffect[];
}

export const IDLE: ToolState = { name: 'idle' };
/** A hand trembles: below this many CSS pixels a press is a click. */
export const SLOP = 4;

/** One step of the named tool's machine. */
export function step(tool: ToolName, state: ToolState, input: ToolInput, around: Surroundings): Step {
  if (input.type === 'cancel') {
    return { state: IDLE, effects: state.name === 'idle' ? [] : [NO_PREVIEW] };
  }
  switch (state.name) {
    case 'idle':
      return input.type === 'down' ? begin(tool, input.at, around) : stay(state);
    case 'pressing':
      return pressing(state, input.type, input.at, around);
    case 'moving':
      return moving(state, input.type, input.at, around);
    case 'resizing':
      return resizing(state, input.type, input.at, around);
    case 'pressed':
    case 'dragging':
    case 'waiting':
    case 'pressedAgain':
      return drawing(state, input.type, input.at, around);
    case 'panning':
      return panning(state, input.type, input.at);
  }
}

type PointerType = 'down' | 'move' | 'up';

const NO_PREVIEW: ToolEffect = { type: 'preview', shape: null, box: null };

function stay(state: ToolState): Step {
  return { state, effects: [] };
}

function begin(tool: ToolName, at: PointerAt, around: Surroundings): Step {
  switch (tool) {
    case 'pan':
      return stay({ name: 'panning', last: at.screen });
    case 'draw':
      return around.readOnly ? stay(IDLE) : stay({ name: 'pressed', start: at });
    case 'select':
      return beginSelect(at, around);
  }
}

function beginSelect(at: PointerAt, around: Surroundings): Step {
  const grip = around.readOnly ? undefined : around.handleAt(at.screen);
  if (grip !== undefined) {
    return stay({ name: 'resizing', shape: grip.shape, handle: grip.handle, start: at, box: grip.shape });
  }
  const clicked = around.shapeAt(at.image);
  if (clicked === undefined) {
    return { state: IDLE, effects: around.selected === undefined ? [] : [{ type: 'select', id: null }] };
  }
  // A selected box moves from anywhere inside it, also where a smaller box lies; a click still gets the smaller one.
  const shape = around.selected !== undefined && contains(around.selected, at.image) ? around.selected : clicked;
  return {
    state: { name: 'pressing', shape, clicked, start: at },
    effects: shape === around.selected ? [] : [{ type: 'select', id: shape.id }],
  };
}

function pressing(state: ToolState & { name: 'pressing' }, type: PointerType, at: PointerAt, around: Surroundings): Step {
  const { shape, clicked, start } = state;
  if (type === 'up') {
    return { state: IDLE, effects: clicked === shape ? [] : [{ type: 'select', id: clicked.id }] };
  }
  if (type === 'down' || around.readOnly || within(start, at, SLOP)) {
    return stay(state);
  }
  return moving({ name: 'moving', shape, start, box: shape }, 'move', at, around);
}

function moving(state: ToolState & { name: 'moving' }, type: PointerType, at: PointerAt, around: Surroundings): Step {
  const { shape, start } = state;
  if (type !== 'move') {
    return settle(shape, state.box);
  }
  const box = roundedBox(moved(shape, at.image.x - start.image.x, at.image.y - start.image.y, around.image));
  return { state: { ...state, box }, effects: [{ type: 'preview', shape: shape.id, box }] };
}

function resizing(state: ToolState & { name: 'resizing' }, type: PointerType, at: PointerAt, around: Surroundings): Step {
  const { shape, start, handle } = state;
  if (type !== 'move') {
    return settle(shape, state.box);
  }
  const dx = at.image.x - start.image.x;
  const dy = at.image.y - start.image.y;
  const box = roundedBox(resized(shape, handle, dx, dy, around.image, around.minSize));
  return { state: { ...state, box }, effects: [{ type: 'preview', shape: shape.id, box }] };
}

function settle(shape: Shape, box: Box): Step {
  const from = { x: shape.x, y: shape.y, width: shape.width, height: shape.height };
  const to = { x: box.x, y: box.y, width: box.width, height: box.height };
  return {
    state: IDLE,
    effects: sameBox(from, to) ? [NO_PREVIEW] : [NO_PREVIEW, { type: 'moved', id: shape.id, from, to }],
  };
}

type DrawState = ToolState & { name: 'pressed' | 'dragging' | 'waiting' | 'pressedAgain' };

function drawing(state: DrawState, type: PointerType, at: PointerAt, around: Surroundings): Step {
  const { start } = state;
  const box = drawnBox(start, at, around.image);
  switch (type) {
    case 'down':
      return state.name === 'waiting' ? shown({ name: 'pressedAgain', start, box }, box) : stay(state);
    case 'move':
      if (state.name === 'pressed') {
        return within(start, at, SLOP) ? stay(state) : shown({ name: 'dragging', start, box }, box);
      }
      return shown({ name: state.name, start, box }, box);
    case 'up':
      switch (state.name) {
        case 'pressed':
          return shown({ name: 'waiting', start, box }, box);
        case 'waiting':
          return stay(state);
        case 'dragging':
        case 'pressedAgain':
          return finish(box, around);
      }
  }
}

function shown(state: ToolState, box: Box): Step {
  return { state, effects: [{ type: 'preview', shape: null, box }] };
}

function finish(box: Box, around: Surroundings): Step {
  const tooSmall = box.width < around.minSize || box.height < around.minSize;
  return {
    state: IDLE,
    effects: [NO_PREVIEW, tooSmall ? { type: 'refused', reason: 'too-small' } : { type: 'drawn', box }],
  };
}

function panning(state: ToolState & { name: 'panning' }, type: PointerType, at: PointerAt): Step {
  if (type !== 'move') {
    return stay(IDLE);
  }
  const dx = at.screen.x - state.last.x;
  const dy = at.screen.y - state.last.y;
  return { state: { name: 'panning', last: at.screen }, effects: [{ type: 'pan', dx, dy }] };
}

function drawnBox(start: PointerAt, at: PointerAt, image: Size): Box {
  return roundedBox(boxBetween(clampPoint(start.image, image), clampPoint(at.image, image)));
}

function within(a: PointerAt, b: PointerAt, distance: number): boolean {
  return Math.hypot(a.screen.x - b.screen.x, a.screen.y - b.screen.y) < distance;
}
