/**
 * Shows a text of any length by windows: every chunk has its place, only those near the view have their
 * words in the document. Text is always text, never markup.
 */
import { chunksOf } from './chunks';

const LINE_PX = 24;
const CHARACTERS_A_LINE = 80;

export class TextViewer {
  readonly #host: HTMLElement;
  #observer: IntersectionObserver | undefined;

  /** Fills `host`, which scrolls. */
  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** Shows another text from its beginning. */
  show(text: string): void {
    this.destroy();
    const words = new Map<Element, string>();
    const observer = new IntersectionObserver((entries) => entries.forEach((entry) => fill(entry, words)), {
      root: this.#host,
      rootMargin: '100% 0px',
    });
    for (const { start, end } of chunksOf(text)) {
      const place = this.#host.ownerDocument.createElement('div');
      const shown = text.slice(start, end).replace(/\r?\n$/, '');
      place.dir = 'auto';
      place.style.minHeight = `${estimate(shown)}px`;
      words.set(place, shown);
      this.#host.append(place);
      observer.observe(place);
    }
    this.#observer = observer;
    this.#host.scrollTop = 0;
  }

  destroy(): void {
    this.#observer?.disconnect();
    this.#host.replaceChildren();
  }
}

/** Puts a chunk's words in or takes them out; its measured height stays, so that nothing jumps. */
function fill(entry: IntersectionObserverEntry, words: ReadonlyMap<Element, string>): void {
  const place = entry.target as HTMLElement;
  if (entry.isIntersecting) {
    place.textContent = words.get(place) ?? '';
    place.style.minHeight = '1em';
  } else if (place.textContent !== '') {
    place.style.minHeight = `${place.getBoundingClientRect().height}px`;
    place.textContent = '';
  }
}

function estimate(text: string): number {
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / CHARACTERS_A_LINE)), 0) * LINE_PX;
}
