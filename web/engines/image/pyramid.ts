/**
 * A decoded image with halved copies (mip levels): a 12-megapixel picture shown small is painted from a
 * small copy, which is faster and does not shimmer.
 */
import type { Size } from './geometry';
import { visibleBox, type Viewport } from './viewport';

/** Halving stops when both sides are at most this long. */
const SMALLEST = 512;
/** From this magnification on, pixels are shown as squares: people judge pixels, not our interpolation. */
const PIXELATED_FROM = 2;

export class ImagePyramid {
  readonly size: Size;
  readonly #levels: ImageBitmap[];
  #closed = false;

  private constructor(full: ImageBitmap) {
    this.size = { width: full.width, height: full.height };
    this.#levels = [full];
  }

  /**
   * Decodes the bytes upright (EXIF orientation applied). Resolves when the full image is ready; smaller
   * levels follow in the background, and `onLevel` is called after each.
   *
   * @throws DOMException when the bytes are no image the browser can read
   */
  static async decode(bytes: Blob, onLevel: () => void = () => undefined): Promise<ImagePyramid> {
    const pyramid = new ImagePyramid(await createImageBitmap(bytes, { imageOrientation: 'from-image' }));
    void pyramid.#halve(onLevel);
    return pyramid;
  }

  /** Paints the part of the image that the view shows; the context is scaled to CSS pixels with its origin at the view's. */
  paint(context: CanvasRenderingContext2D, view: Viewport, room: Size, overdraw: number, deviceRatio: number): void {
    if (this.#closed) {
      return;
    }
    const { level, factor } = this.#levelFor(view.scale * deviceRatio);
    const seen = visibleBox(view, room, overdraw);
    const left = Math.max(0, Math.floor(seen.x));
    const top = Math.max(0, Math.floor(seen.y));
    const right = Math.min(this.size.width, Math.ceil(seen.x + seen.width));
    const bottom = Math.min(this.size.height, Math.ceil(seen.y + seen.height));
    if (right <= left || bottom <= top) {
      return;
    }
    context.imageSmoothingEnabled = view.scale * deviceRatio < PIXELATED_FROM;
    context.imageSmoothingQuality = 'medium';
    context.drawImage(
      level,
      left * factor.x,
      top * factor.y,
      (right - left) * factor.x,
      (bottom - top) * factor.y,
      left * view.scale + view.x,
      top * view.scale + view.y,
      (right - left) * view.scale,
      (bottom - top) * view.scale,
    );
  }

  /** Frees the decoded pixels; painting does nothing afterwards. */
  close(): void {
    this.#closed = true;
    for (const level of this.#levels) {
      level.close();
    }
  }

  async #halve(onLevel: () => void): Promise<void> {
    let last = this.#levels[0];
    while (last !== undefined && Math.max(last.width, last.height) > SMALLEST && !this.#closed) {
      const next: ImageBitmap = await createImageBitmap(last, {
        resizeWidth: Math.ceil(last.width / 2),
        resizeHeight: Math.ceil(last.height / 2),
        resizeQuality: 'medium',
      });
      if (this.#closed) {
        next.close();
        return;
      }
      this.#levels.push(next);
      last = next;
      onLevel();
    }
  }

  /** The smallest level that still has a pixel for each device pixel, and its share of the full size. */
  #levelFor(deviceScale: number): { level: ImageBitmap; factor: { x: number; y: number } } {
    const fitting = this.#levels.findLast((level) => level.width / this.size.width >= deviceScale) ?? this.#levels[0];
    const level = fitting as ImageBitmap; // A pyramid has its full level from birth.
    return { level, factor: { x: level.width / this.size.width, y: level.height / this.size.height } };
  }
}
