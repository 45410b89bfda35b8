/** How shapes look. Contexts are in CSS pixels of the view; every outline has a light and a dark line. */
import type { Box, Shape } from '../core/model';
import { handleAt, HANDLES } from './geometry';
import { isShown } from './hit';
import { toScreen, type Viewport } from './viewport';

export interface LabelStyle {
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
}

/** A layer of boxes that cannot be edited: a diff, another person's answer, a reviewer's region. */
export interface Overlay {
  readonly id: string;
  readonly color: string;
  readonly dashed: boolean;
  readonly filled: boolean;
  readonly boxes: readonly { readonly box: Box; readonly text?: string }[];
}

type Context = CanvasRenderingContext2D;

const DARK = 'rgba(0, 0, 0, 0.75)';
const LIGHT = '#ffffff';
const FAULT = '#e03131';
const CHIP_FONT = '600 12px system-ui, sans-serif';
const CHIP_HEIGHT = 18;
const CHIP_WIDEST = 180;
const PAINTED_HANDLE = 10;
/** Above these many shapes in the view, name chips and dark under-lines are left out: they would hide the picture. */
const CHIPS_UP_TO = 250;
const UNDERLINES_UP_TO = 1_000;

/** How far from its box a painted shape can reach, in CSS pixels. */
export const REACH = { side: CHIP_WIDEST, above: CHIP_HEIGHT + 4, around: 4 };

/** Paints shapes in order, each as a path of its own (one path for all is slower where fills overlap). */
export function paintShapes(
  context: Context,
  view: Viewport,
  shapes: readonly Shape[],
  look: { readonly styles: ReadonlyMap<string, LabelStyle>; readonly faulty: ReadonlySet<string> },
  inView: number,
): void {
  const underline = inView <= UNDERLINES_UP_TO;
  context.lineJoin = 'miter';
  for (const shape of shapes) {
    const color = look.styles.get(shape.label)?.color ?? '#868e96';
    const box = onScreen(shape, view);
    context.fillStyle = `${color}26`;
    context.fillRect(box.x, box.y, box.width, box.height);
    if (underline) {
      outline(context, box, DARK, 4);
    }
    outline(context, box, color, 2);
    if (look.faulty.has(shape.id)) {
      context.setLineDash([4, 4]);
      outline(context, grown(box, 3), FAULT, 2);
      context.setLineDash([]);
    }
  }
  if (inView <= CHIPS_UP_TO) {
    for (const shape of shapes) {
      const style = look.styles.get(shape.label);
      const name = style?.name ?? shape.label;
      const text = look.faulty.has(shape.id) ? `⚠ ${name}` : name;
      chip(context, onScreen(shape, view), text, style?.color ?? '#868e96');
    }
  }
}

/** Paints the selected box with its handles; `box` is where the hand has it now. */
export function paintSelected(context: Context, view: Viewport, box: Box, style: LabelStyle | undefined, handles: boolean): void {
  const color = style?.color ?? '#868e96';
  const place = onScreen(box, view);
  context.fillStyle = `${color}40`;
  context.fillRect(place.x, place.y, place.width, place.height);
  outline(context, place, DARK, 5);
  outline(context, place, LIGHT, 3);
  outline(context, place, color, 1.5);
  chip(context, place, style?.name ?? '', color);
  if (!handles) {
    return;
  }
  for (const handle of HANDLES) {
    if (isShown(handle, place.width, place.height)) {
      const at = toScreen(view, handleAt(box, handle));
      const half = PAINTED_HANDLE / 2;
      context.fillStyle = DARK;
      context.fillRect(at.x - half - 1.5, at.y - half - 1.5, PAINTED_HANDLE + 3, PAINTED_HANDLE + 3);
      context.fillStyle = LIGHT;
      context.fillRect(at.x - half, at.y - half, PAINTED_HANDLE, PAINTED_HANDLE);
    }
  }
}

/** Paints the box that is being drawn, with its size in image pixels. */
export function paintPreview(context: Context, view: Viewport, box: Box, color: string): void {
  const place = onScreen(box, view);
  outline(context, place, DARK, 4);
  outline(context, place, LIGHT, 2);
  context.setLineDash([6, 4]);
  outline(context, place, color, 2);
  context.setLineDash([]);
  const text = `${Math.round(box.width)} × ${Math.round(box.height)}`;
  chip(context, { x: place.x, y: place.y + place.height + CHIP_HEIGHT + 4, width: 0, height: 0 }, text, '#212529');
}

export function paintOverlay(context: Context, view: Viewport, overlay: Overlay): void {
  for (const { box, text } of overlay.boxes) {
    const place = onScreen(box, view);
    if (overlay.filled) {
      context.fillStyle = `${overlay.color}26`;
      context.fillRect(place.x, place.y, place.width, place.height);
    }
    outline(context, place, DARK, 4);
    context.setLineDash(overlay.dashed ? [8, 5] : []);
    outline(context, place, overlay.dashed ? LIGHT : overlay.color, 2);
    outline(context, place, overlay.color, 2);
    context.setLineDash([]);
    if (text !== undefined) {
      // Below the box: above it stands the name of the shape that it is about.
      chip(context, { ...place, y: place.y + place.height + CHIP_HEIGHT + 3 }, text, overlay.color);
    }
  }
}

/** Black or white, whichever is easier to read on a `#rrggbb` colour (WCAG 2.2 relative luminance). */
export function inkOn(color: string): '#000000' | '#ffffff' {
  const channel = (from: number) => {
    const value = Number.parseInt(color.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff';
}

function onScreen(box: Box, view: Viewport): Box {
  const at = toScreen(view, box);
  return { x: at.x, y: at.y, width: box.width * view.scale, height: box.height * view.scale };
}

function outline(context: Context, box: Box, color: string, width: number): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.strokeRect(box.x, box.y, box.width, box.height);
}

function grown(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}

function chip(context: Context, box: Box, text: string, color: string): void {
  if (text === '') {
    return;
  }
  context.font = CHIP_FONT;
  const width = Math.min(CHIP_WIDEST, Math.ceil(context.measureText(text).width) + 10);
  const y = box.y - CHIP_HEIGHT - 1;
  context.fillStyle = color;
  context.fillRect(box.x - 1, y, width, CHIP_HEIGHT);
  context.fillStyle = inkOn(color);
  context.textBaseline = 'middle';
  context.fillText(text, box.x + 4, y + CHIP_HEIGHT / 2 + 0.5, CHIP_WIDEST - 10);
}
