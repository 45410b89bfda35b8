/**
 * A canvas that is larger than the view by a share on each side and remembers for which viewport it was
 * painted, so that panning and zooming only move it by a CSS transform until it is painted again.
 */
import type { Size } from './geometry';
import { transformBetween, type Viewport } from './viewport';

export class Surface {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #overdraw: number;
  #size: Size = { width: 0, height: 0 };
  #ratio = 1;
  #painted: Viewport | undefined;

  constructor(host: HTMLElement, overdraw: number) {
    this.canvas = host.ownerDocument.createElement('canvas');
    this.canvas.setAttribute('aria-hidden', 'true');
    Object.assign(this.canvas.style, { position: 'absolute', transformOrigin: '0 0', pointerEvents: 'none' });
    host.append(this.canvas);
    const context = this.canvas.getContext('2d');
    if (context === null) {
      throw new Error('This browser gives no 2D canvas');
    }
    this.#context = context;
    this.#overdraw = overdraw;
  }

  /** Fits the canvas to a view (CSS pixels) on a screen of this many device pixels a CSS pixel. */
  resize(size: Size, ratio: number): void {
    const share = 1 + 2 * this.#overdraw;
    const width = Math.max(1, Math.round(size.width * share * ratio));
    const height = Math.max(1, Math.round(size.height * share * ratio));
    this.#size = size;
    this.#ratio = ratio;
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.#painted = undefined;
    }
    Object.assign(this.canvas.style, {
      left: `${-size.width * this.#overdraw}px`,
      top: `${-size.height * this.#overdraw}px`,
      width: `${width / ratio}px`,
      height: `${height / ratio}px`,
    });
  }

  /** The context in CSS pixels of the view, cleared, to paint for `view`. */
  begin(view: Viewport): CanvasRenderingContext2D {
    this.#toDevice();
    this.#context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.#painted = view;
    this.canvas.style.transform = '';
    return this.#inView();
  }

  /** The context as it was painted, to repaint a part; undefined when nothing was painted yet. */
  again(): { readonly context: CanvasRenderingContext2D; readonly view: Viewport } | undefined {
    return this.#painted === undefined ? undefined : { context: this.#inView(), view: this.#painted };
  }

  /** Moves the painted picture to where `view` has it. */
  follow(view: Viewport): void {
    if (this.#painted === undefined) {
      return;
    }
    const { scale, x, y } = transformBetween(this.#painted, view);
    const ox = this.#size.width * this.#overdraw * (1 - scale);
    const oy = this.#size.height * this.#overdraw * (1 - scale);
    this.canvas.style.transform = `translate(${x + ox}px, ${y + oy}px) scale(${scale})`;
  }

  /** Whether the painted picture, moved to `view`, still fills the whole view. */
  covers(view: Viewport): boolean {
    if (this.#painted === undefined) {
      return false;
    }
    const { scale, x, y } = transformBetween(this.#painted, view);
    const { width, height } = this.#size;
    const over = this.#overdraw;
    return (
      x - width * over * scale <= 0.5 &&
      y - height * over * scale <= 0.5 &&
      x + width * (1 + over) * scale >= width - 0.5 &&
      y + height * (1 + over) * scale >= height - 0.5
    );
  }

  #toDevice(): void {
    this.#context.setTransform(1, 0, 0, 1, 0, 0);
  }

  #inView(): CanvasRenderingContext2D {
    const shiftX = this.#size.width * this.#overdraw * this.#ratio;
    const shiftY = this.#size.height * this.#overdraw * this.#ratio;
    this.#context.setTransform(this.#ratio, 0, 0, this.#ratio, shiftX, shiftY);
    return this.#context;
  }
}
