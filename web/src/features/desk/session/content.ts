import type { Asset, ContentUrl } from '@/api/types';
import { ImagePyramid } from '@engines/image';
import { deskApi, type Place } from './desk-api';
import { Store } from './store';

/** The bytes of a task, ready to be shown. */
export type Content =
  | { readonly kind: 'loading' }
  | { readonly kind: 'image'; readonly image: ImagePyramid }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly reason: 'unreachable' | 'unreadable' };

/** An address that ends within this time is renewed before it is used. */
const SAFETY_MS = 2_000;

/**
 * Fetches a task's bytes at once, since their signed address lives a minute at most, and decodes them ahead
 * of being shown. An address that has run out is renewed once.
 */
export class ContentLoader extends Store<Content> {
  /** Called when another level of the shown image is ready. */
  onImproved: () => void = () => undefined;
  readonly #place: Place;
  readonly #asset: Asset;
  #address: ContentUrl | undefined;
  #closed = false;

  constructor(place: Place, asset: Asset, address: ContentUrl) {
    super({ kind: 'loading' });
    this.#place = place;
    this.#asset = asset;
    this.#address = address;
    void this.load();
  }

  /** Loads, or loads again after a failure. Never throws; the state says how it ended. */
  async load(): Promise<void> {
    this.set({ kind: 'loading' });
    let bytes: Blob;
    try {
      bytes = await this.#bytes();
    } catch {
      this.#settle({ kind: 'failed', reason: 'unreachable' });
      return;
    }
    try {
      this.#settle(await this.#read(bytes));
    } catch {
      this.#settle({ kind: 'failed', reason: 'unreadable' });
    }
  }

  /** Frees what was decoded. */
  close(): void {
    this.#closed = true;
    if (this.state.kind === 'image') {
      this.state.image.close();
    }
  }

  #settle(content: Content): void {
    if (this.#closed) {
      if (content.kind === 'image') content.image.close();
      return;
    }
    this.set(content);
  }

  async #read(bytes: Blob): Promise<Content> {
    if (this.#asset.type.startsWith('image/')) {
      return { kind: 'image', image: await ImagePyramid.decode(bytes, () => this.onImproved()) };
    }
    return { kind: 'text', text: await bytes.text() };
  }

  async #bytes(): Promise<Blob> {
    const known = this.#address;
    this.#address = undefined;
    if (known !== undefined && Date.parse(known.expiresAt) - SAFETY_MS > Date.now()) {
      const response = await fetch(known.url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
      if (response.ok) return response.blob();
    }
    const fresh = await deskApi.viewAsset(this.#place, this.#asset.id);
    const response = await fetch(fresh.url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!response.ok) throw new Error(`The content server answered ${response.status}`);
    return response.blob();
  }
}
