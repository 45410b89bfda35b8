/**
 * Paints an image, its shapes and what the hand is doing on three stacked canvases.
 *
 * While the view moves, the image and the shapes only move by CSS transform; they are painted again when
 * it has rested, or when an edge would show. A changed shape repaints its own surroundings only.
 */
import type { Box, Shape } from '../core/model';
import { intersects, type Size } from './geometry';
import { paintOverlay, paintPreview, paintSelected, paintShapes, REACH, type LabelStyle, type Overlay } from './paint';
import type { ImagePyramid } from './pyramid';
import type { ShapeIndex } from './shape-index';
import { Surface } from './surface';
import { toScreen, visibleBox, type Viewport } from './viewport';

/** What is to be seen, read anew at every painting. */
export interface Scene {
  readonly image: ImagePyramid | undefined;
  readonly index: ShapeIndex;
  readonly styles: ReadonlyMap<string, LabelStyle>;
  readonly faulty: ReadonlySet<string>;
  readonly overlays: readonly Overlay[];
  /** Whether a shape is left out of the static layer: hidden, or painted on the live layer. */
  readonly leftOut: (shape: Shape) => boolean;
  readonly selected: { readonly box: Box; readonly style: LabelStyle | undefined; readonly handles: boolean } | undefined;
  readonly preview: { readonly box: Box; readonly color: string } | undefined;
}

const OVERDRAW = 0.2;
const REST_MS = 120;

export class Picture {
  readonly #scene: () => Scene;
  readonly #image: Surface;
  readonly #shapes: Surface;
  readonly #live: Surface;
  #size: Size = { width: 0, height: 0 };
  #ratio = 1;
  #view: Viewport = { scale: 1, x: 0, y: 0 };
  #frame: number | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #stale = { image: true, shapes: true };
  #dirty: Box[] = [];

  constructor(host: HTMLElement, scene: () => Scene) {
    this.#scene = scene;
    this.#image = new Surface(host, OVERDRAW);
    this.#shapes = new Surface(host, OVERDRAW);
    this.#live = new Surface(host, 0);
  }

  resize(size: Size, ratio: number): void {
    this.#size = size;
    this.#ratio = ratio;
    for (const surface of [this.#image, this.#shapes, this.#live]) {
      surface.resize(size, ratio);
    }
    this.repaint();
  }

  /** Shows another part of the image: at once by transform, sharp when the view has rested. */
  look(view: Viewport): void {
    this.#view = view;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.repaint(), REST_MS);
    this.#request();
  }

  /** Paints everything again in the next frame. */
  repaint(): void {
    clearTimeout(this.#rest);
    this.#stale = { image: true, shapes: true };
    this.#request();
  }

  /** Paints the image again, after another one or a better level of it has come. */
  repaintImage(): void {
    this.#stale.image = true;
    this.#request();
  }

  /** Paints the surroundings of these boxes again (all shapes without a list). */
  repaintShapes(boxes?: readonly Box[]): void {
    if (boxes === undefined) {
      this.#stale.shapes = true;
    } else {
      this.#dirty.push(...boxes);
    }
    this.#request();
  }

  /** Paints what the hand is doing again. */
  repaintLive(): void {
    this.#request();
  }

  destroy(): void {
    clearTimeout(this.#rest);
    if (this.#frame !== undefined) {
      cancelAnimationFrame(this.#frame);
    }
    for (const surface of [this.#image, this.#shapes, this.#live]) {
      surface.canvas.remove();
    }
  }

  #request(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#paint();
    });
  }

  #paint(): void {
    if (this.#size.width === 0 || this.#size.height === 0) {
      return;
    }
    const scene = this.#scene();
    const view = this.#view;
    if (this.#stale.image || !this.#image.covers(view)) {
      scene.image?.paint(this.#image.begin(view), view, this.#size, OVERDRAW, this.#ratio);
    } else {
      this.#image.follow(view);
    }
    if (this.#stale.shapes || !this.#shapes.covers(view)) {
      this.#paintAllShapes(scene);
    } else {
      this.#paintDirtyShapes(scene);
      this.#shapes.follow(view);
    }
    this.#paintLive(scene);
    this.#stale = { image: false, shapes: false };
    this.#dirty = [];
  }

  #paintAllShapes(scene: Scene): void {
    const seen = visibleBox(this.#view, this.#size, OVERDRAW);
    const shapes = scene.index.within(seen).filter((shape) => !scene.leftOut(shape));
    const context = this.#shapes.begin(this.#view);
    paintShapes(context, this.#view, shapes, scene, shapes.length);
    for (const overlay of scene.overlays) {
      paintOverlay(context, this.#view, overlay);
    }
  }

  #paintDirtyShapes(scene: Scene): void {
    const painted = this.#shapes.again();
    if (painted === undefined || this.#dirty.length === 0) {
      return;
    }
    const { context, view } = painted;
    const inView = scene.index.within(visibleBox(view, this.#size, OVERDRAW)).length;
    for (const box of this.#dirty) {
      const area = reachOf(box, view.scale);
      const corner = toScreen(view, area);
      context.save();
      context.beginPath();
      context.rect(corner.x, corner.y, area.width * view.scale, area.height * view.scale);
      context.clip();
      context.clearRect(corner.x, corner.y, area.width * view.scale, area.height * view.scale);
      const around = reachOf(area, view.scale);
      const shapes = scene.index.within(around).filter((shape) => !scene.leftOut(shape));
      paintShapes(context, view, shapes, scene, inView);
      for (const overlay of scene.overlays) {
        const boxes = overlay.boxes.filter((part) => intersects(part.box, around));
        paintOverlay(context, view, { ...overlay, boxes });
      }
      context.restore();
    }
  }

  #paintLive(scene: Scene): void {
    const context = this.#live.begin(this.#view);
    if (scene.selected !== undefined) {
      paintSelected(context, this.#view, scene.selected.box, scene.selected.style, scene.selected.handles);
    }
    if (scene.preview !== undefined) {
      paintPreview(context, this.#view, scene.preview.box, scene.preview.color);
    }
  }
}

/** The box widened by all that a shape paints outside of itself, in either direction. */
function reachOf(box: Box, scale: number): Box {
  const side = (REACH.side + REACH.around) / scale;
  const above = (REACH.above + REACH.around) / scale;
  return { x: box.x - side, y: box.y - above, width: box.width + 2 * side, height: box.height + 2 * above };
}
