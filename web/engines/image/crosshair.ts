/** Two lines through the pointer, each half light and half dark so that they show on any picture. */
import type { Point } from './geometry';

export class Crosshair {
  readonly #lines: readonly [HTMLElement, HTMLElement];

  constructor(host: HTMLElement) {
    const line = (style: Partial<CSSStyleDeclaration>) => {
      const element = host.ownerDocument.createElement('div');
      Object.assign(element.style, {
        position: 'absolute',
        left: '0',
        top: '0',
        pointerEvents: 'none',
        background: '#fff',
        boxShadow: '0 0 0 0.5px rgba(0, 0, 0, 0.8)',
        visibility: 'hidden',
        willChange: 'transform',
        ...style,
      });
      element.setAttribute('aria-hidden', 'true');
      host.append(element);
      return element;
    };
    this.#lines = [line({ width: '1px', height: '100%' }), line({ width: '100%', height: '1px' })];
  }

  /** Shows the lines through a point of the host (CSS pixels), or hides them. */
  show(at: Point | undefined): void {
    const [vertical, horizontal] = this.#lines;
    if (at !== undefined) {
      vertical.style.transform = `translateX(${Math.round(at.x)}px)`;
      horizontal.style.transform = `translateY(${Math.round(at.y)}px)`;
    }
    for (const line of this.#lines) {
      line.style.visibility = at === undefined ? 'hidden' : 'visible';
    }
  }

  destroy(): void {
    for (const line of this.#lines) {
      line.remove();
    }
  }
}
