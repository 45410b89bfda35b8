/**
 * The image viewer with its tools, free of any framework.
 *
 * The engine never changes an answer. It shows the shapes it is given and says what the person wants
 * (`change`); whoever owns the operation log turns that into an operation and gives the new shapes back.
 * What it keeps itself is view state: viewport, selection, hidden shapes, tool. None of it is data.
 *
 * All coordinates that leave the engine are pixels of the displayed image. One thread: the page's.
 */
import { boxOf, sameBox, type Box, type Shape } from '../core/model';
import { Crosshair } from './crosshair';
import { Emitter } from './emitter';
import { centredBox, moved, resized, roundedBox, type Point, type Size } from './geometry';
import { handleUnder } from './hit';
import type { LabelStyle, Overlay } from './paint';
import { Picture, type Scene } from './picture';
import { listenToPointer } from './pointer';
import type { ImagePyramid } from './pyramid';
import { ShapeIndex } from './shape-index';
import { IDLE, step, type PointerAt, type Surroundings, type ToolEffect, type ToolInput, type ToolName, type ToolState } from './tools';
import { centred, fit, fitBox, keptInView, panned, revealing, toImage, zoomedAt, type Viewport } from './viewport';

/** What a person wants changed. */
export type Proposal =
  | { readonly type: 'draw'; readonly box: Box }
  | { readonly type: 'move'; readonly id: string; readonly from: Box; readonly to: Box };

export interface EngineEvents {
  change: Proposal;
  select: { readonly id: string | null };
  viewchange: { readonly view: Viewport };
  refused: { readonly reason: 'too-small' };
}

export interface EngineOptions {
  /** Smallest width and height of a box, in image pixels. */
  readonly minSize: number;
}

/** A pointer this near to a shape (CSS pixels) means it. */
const POINTING_MARGIN = 3;
/** Up to this many changed shapes are repainted one by one. */
const ONE_BY_ONE = 40;
const CURSORS: Readonly<Record<ToolName, string>> = { select: 'default', draw: 'crosshair', pan: 'grab' };

export class ImageEngine {
  readonly #host: HTMLElement;
  readonly #minSize: number;
  readonly #events = new Emitter<EngineEvents>();
  readonly #index = new ShapeIndex();
  readonly #picture: Picture;
  readonly #crosshair: Crosshair;
  readonly #observer: ResizeObserver;
  readonly #stopListening: () => void;
  #image: ImagePyramid | undefined;
  #shapes: readonly Shape[] = [];
  #styles: ReadonlyMap<string, LabelStyle> = new Map();
  #hidden: ReadonlySet<string> = new Set();
  #faulty: ReadonlySet<string> = new Set();
  #overlays: readonly Overlay[] = [];
  #drawColor = '#1c7ed6';
  #readOnly = false;
  #selected: string | null = null;
  #tool: ToolName = 'select';
  #state: ToolState = IDLE;
  #panState: ToolState = IDLE;
  #preview: { readonly shape: string | null; readonly box: Box } | undefined;
  #view: Viewport = { scale: 1, x: 0, y: 0 };
  #size: Size = { width: 0, height: 0 };
  /** True until a person zooms or pans: the image then follows the size of the view. */
  #fitted = true;

  /** Fills `host`, which must be positioned and focusable; the engine owns what is inside until `destroy`. */
  constructor(host: HTMLElement, options: EngineOptions = { minSize: 2 }) {
    this.#host = host;
    this.#minSize = options.minSize;
    Object.assign(host.style, { overflow: 'hidden', touchAction: 'none' });
    this.#picture = new Picture(host, () => this.#scene());
    this.#crosshair = new Crosshair(host);
    this.#stopListening = listenToPointer(host, {
      pointer: (type, at, pan) => this.#pointer(type, at, pan),
      cancel: () => this.cancel(),
      leave: () => this.#crosshair.show(undefined),
      zoom: (at, factor) => this.#zoomAt(at, factor),
      spaceHeld: (held) => this.#cursor(held ? 'grab' : CURSORS[this.#tool]),
    });
    this.#observer = new ResizeObserver(() => this.#resized());
    this.#observer.observe(host);
    this.#resized();
  }

  on<Name extends keyof EngineEvents>(name: Name, listener: (event: EngineEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /** Shows another image, whole; undefined shows none. The engine does not close images it is given. */
  setImage(image: ImagePyramid | undefined): void {
    this.cancel();
    this.#image = image;
    this.#fitted = true;
    this.zoomToFit();
    this.#picture.repaint();
  }

  /** A sharper or smaller level of the shown image is ready. */
  imageImproved(): void {
    this.#picture.repaintImage();
  }

  /** Shows these shapes in this order. Unchanged shapes must be the same objects: they are not painted again. */
  setShapes(shapes: readonly Shape[]): void {
    const before = new Set(this.#shapes);
    const changed: Shape[] = shapes.filter((shape) => !before.delete(shape));
    changed.push(...before);
    if (changed.length === 0 && shapes.length === this.#shapes.length) {
      return;
    }
    this.#shapes = shapes;
    this.#index.set(shapes);
    if (this.#selected !== null && !shapes.some((shape) => shape.id === this.#selected)) {
      this.select(null);
    }
    this.#picture.repaintShapes(changed.length <= ONE_BY_ONE ? changed : undefined);
  }

  setStyles(styles: ReadonlyMap<string, LabelStyle>): void {
    this.#styles = styles;
    this.#picture.repaintShapes();
  }

  setHidden(hidden: ReadonlySet<string>): void {
    this.#hidden = hidden;
    this.#picture.repaintShapes();
  }

  /** Marks shapes that the server or the desk found fault with. */
  setFaulty(faulty: ReadonlySet<string>): void {
    this.#faulty = faulty;
    this.#picture.repaintShapes();
  }

  setOverlays(overlays: readonly Overlay[]): void {
    this.#overlays = overlays;
    this.#picture.repaintShapes();
  }

  /** The colour of the box being drawn. */
  setDrawColor(color: string): void {
    this.#drawColor = color;
    this.#picture.repaintLive();
  }

  setReadOnly(readOnly: boolean): void {
    this.#readOnly = readOnly;
    this.cancel();
  }

  get tool(): ToolName {
    return this.#tool;
  }

  setTool(tool: ToolName): void {
    if (tool !== this.#tool) {
      this.cancel();
      this.#tool = tool;
      this.#crosshair.show(undefined);
      this.#cursor(CURSORS[tool]);
    }
  }

  get view(): Viewport {
    return this.#view;
  }

  get selected(): string | null {
    return this.#selected;
  }

  /** Selects a shape; `reveal` brings it into the view. */
  select(id: string | null, reveal = false): void {
    const before = this.#selectedShape();
    if (id !== this.#selected) {
      this.#selected = id;
      this.#picture.repaintShapes([before, this.#selectedShape()].filter((shape) => shape !== undefined));
      this.#events.emit('select', { id });
    }
    const shape = this.#selectedShape();
    if (reveal && shape !== undefined) {
      this.#look(revealing(this.#view, shape, this.#size));
    }
  }

  /** Selects the next (1) or previous (-1) shape that is not hidden; false at the end of the list. */
  cycle(direction: 1 | -1): boolean {
    const shown = this.#shapes.filter((shape) => !this.#hidden.has(shape.id));
    const at = shown.findIndex((shape) => shape.id === this.#selected);
    const next = at === -1 ? shown.at(direction === 1 ? 0 : -1) : shown[at + direction];
    if (next === undefined) {
      return false;
    }
    this.select(next.id, true);
    return true;
  }

  /** Proposes the selected box moved by image pixels. */
  nudge(dx: number, dy: number): void {
    this.#propose((box, image) => moved(box, dx, dy, image));
  }

  /** Proposes the selected box with its right and bottom edges moved by image pixels. */
  grow(dx: number, dy: number): void {
    this.#propose((box, image) => resized(box, 'se', dx, dy, image, this.#minSize));
  }

  /** Proposes a new box in the middle of the view: drawing without a pointer. */
  drawInMiddle(): void {
    if (this.#image !== undefined && !this.#readOnly) {
      const middle = toImage(this.#view, { x: this.#size.width / 2, y: this.#size.height / 2 });
      const side = Math.max(this.#minSize, Math.min(this.#size.width, this.#size.height) / 5 / this.#view.scale);
      this.#events.emit('change', { type: 'draw', box: roundedBox(centredBox(middle, side, this.#image.size)) });
    }
  }

  zoomToFit(): void {
    if (this.#image !== undefined) {
      this.#look(fit(this.#image.size, this.#size));
      this.#fitted = true;
    }
  }

  /** One image pixel on one CSS pixel, around the middle of the view. */
  zoomToFullSize(): void {
    this.zoomBy(1 / this.#view.scale);
  }

  zoomToSelection(): void {
    const shape = this.#selectedShape();
    if (shape !== undefined) {
      this.zoomToBox(shape);
    }
  }

  /** Shows a box with some of its surroundings. */
  zoomToBox(box: Box): void {
    this.#look(fitBox(box, this.#size, Math.min(this.#size.width, this.#size.height) / 5, 8));
  }

  /** Zooms around the middle of the view. */
  zoomBy(factor: number): void {
    this.#zoomAt({ x: this.#size.width / 2, y: this.#size.height / 2 }, factor);
  }

  /** Moves the picture by CSS pixels. */
  panBy(dx: number, dy: number): void {
    this.#look(panned(this.#view, dx, dy));
  }

  /** Gives up what the hand has begun; false when nothing was. */
  cancel(): boolean {
    const busy = this.#state.name !== 'idle' || this.#panState.name !== 'idle';
    this.#run(this.#tool, { type: 'cancel' });
    this.#panState = IDLE;
    return busy;
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#stopListening();
    this.#crosshair.destroy();
    this.#picture.destroy();
    this.#events.clear();
  }

  #pointer(type: 'down' | 'move' | 'up', screen: Point, pan: boolean): void {
    if (this.#image === undefined) {
      return;
    }
    const at: PointerAt = { screen, image: toImage(this.#view, screen) };
    this.#crosshair.show(this.#tool === 'draw' && !pan ? screen : undefined);
    if (pan) {
      const next = step('pan', this.#panState, { type, at }, this.#surroundings());
      this.#panState = next.state;
      next.effects.forEach((effect) => this.#perform(effect));
      return;
    }
    this.#run(this.#tool, { type, at });
    if (this.#tool === 'select' && type === 'move' && this.#state.name === 'idle') {
      this.#pointAt(at);
    }
  }

  #pointAt(at: PointerAt): void {
    const handle = this.#readOnly ? undefined : this.#handleAt(at.screen)?.handle;
    const resize: Readonly<Record<string, string>> = { nw: 'nwse', se: 'nwse', ne: 'nesw', sw: 'nesw', n: 'ns', s: 'ns', e: 'ew', w: 'ew' };
    this.#cursor(handle !== undefined ? `${resize[handle]}-resize` : this.#shapeAt(at.image) !== undefined ? 'pointer' : 'default');
  }

  #run(tool: ToolName, input: ToolInput): void {
    const next = step(tool, this.#state, input, this.#surroundings());
    this.#state = next.state;
    next.effects.forEach((effect) => this.#perform(effect));
  }

  #perform(effect: ToolEffect): void {
    switch (effect.type) {
      case 'select':
        this.select(effect.id);
        break;
      case 'preview':
        this.#preview = effect.box === null ? undefined : { shape: effect.shape, box: effect.box };
        this.#picture.repaintLive();
        break;
      case 'moved':
        this.#events.emit('change', { type: 'move', id: effect.id, from: effect.from, to: effect.to });
        break;
      case 'drawn':
        this.#events.emit('change', { type: 'draw', box: effect.box });
        break;
      case 'refused':
        this.#events.emit('refused', { reason: effect.reason });
        break;
      case 'pan':
        this.panBy(effect.dx, effect.dy);
        break;
    }
  }

  #surroundings(): Surroundings {
    return {
      image: this.#image?.size ?? { width: 0, height: 0 },
      minSize: this.#minSize,
      readOnly: this.#readOnly,
      selected: this.#selectedShape(),
      handleAt: (screen) => this.#handleAt(screen),
      shapeAt: (image) => this.#shapeAt(image),
    };
  }

  #handleAt(screen: Point): ReturnType<Surroundings['handleAt']> {
    const shape = this.#selectedShape();
    const handle = shape === undefined ? undefined : handleUnder(screen, shape, this.#view);
    return shape === undefined || handle === undefined ? undefined : { shape, handle };
  }

  #shapeAt(image: Point): Shape | undefined {
    return this.#index.at(image, POINTING_MARGIN / this.#view.scale, (shape) => this.#hidden.has(shape.id));
  }

  #selectedShape(): Shape | undefined {
    return this.#selected === null ? undefined : this.#shapes.find((shape) => shape.id === this.#selected);
  }

  #propose(change: (box: Box, image: Size) => Box): void {
    const shape = this.#selectedShape();
    if (shape === undefined || this.#image === undefined || this.#readOnly) {
      return;
    }
    const from = boxOf(shape);
    const to = roundedBox(change(from, this.#image.size));
    if (!sameBox(from, to)) {
      this.#events.emit('change', { type: 'move', id: shape.id, from, to });
    }
  }

  #scene(): Scene {
    const shape = this.#selectedShape();
    const shown = shape !== undefined && !this.#hidden.has(shape.id);
    const box = this.#preview?.shape === shape?.id ? (this.#preview?.box ?? shape) : shape;
    return {
      image: this.#image,
      index: this.#index,
      styles: this.#styles,
      faulty: this.#faulty,
      overlays: this.#overlays,
      leftOut: (candidate) => candidate.id === this.#selected || this.#hidden.has(candidate.id),
      selected: shown && box !== undefined ? { box, style: this.#styles.get(shape.label), handles: !this.#readOnly } : undefined,
      preview: this.#preview?.shape === null ? { box: this.#preview.box, color: this.#drawColor } : undefined,
    };
  }

  #zoomAt(at: Point, factor: number): void {
    if (this.#image !== undefined) {
      const whole = fit(this.#image.size, this.#size).scale;
      this.#look(zoomedAt(this.#view, at, factor, Math.min(whole / 2, 1)));
    }
  }

  #look(view: Viewport): void {
    if (this.#image === undefined) {
      return;
    }
    this.#fitted = false;
    this.#view = keptInView(view, this.#image.size, this.#size);
    this.#picture.look(this.#view);
    this.#events.emit('viewchange', { view: this.#view });
  }

  #resized(): void {
    const before = this.#size;
    this.#size = { width: this.#host.clientWidth, height: this.#host.clientHeight };
    this.#picture.resize(this.#size, this.#host.ownerDocument.defaultView?.devicePixelRatio ?? 1);
    if (this.#fitted) {
      this.zoomToFit();
    } else {
      const middle = toImage(this.#view, { x: before.width / 2, y: before.height / 2 });
      this.#look(centred(middle, this.#view.scale, this.#size));
    }
    this.#picture.repaint();
  }

  #cursor(cursor: string): void {
    this.#host.style.cursor = cursor;
  }
}
