/** Turns the browser's pointer, wheel and space-bar events into the engine's own inputs. */
import type { Point } from './geometry';

export interface PointerSink {
  /** `pan` is true for the middle button and while the space bar is held. */
  pointer(type: 'down' | 'move' | 'up', at: Point, pan: boolean): void;
  cancel(): void;
  leave(): void;
  zoom(at: Point, factor: number): void;
  spaceHeld(held: boolean): void;
}

const LINE_PX = 16;

/** Listens on `host` until the returned function is called. Points are CSS pixels of the host. */
export function listenToPointer(host: HTMLElement, sink: PointerSink): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const page = host.ownerDocument;
  let space = false;
  let gesture: { readonly id: number; readonly pan: boolean } | undefined;

  const at = (event: MouseEvent): Point => {
    const rect = host.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  };

  host.addEventListener('pointerdown', (event) => {
    if (gesture !== undefined || event.button > 1) {
      return;
    }
    event.preventDefault(); // No text selection, no autoscroll of the middle button.
    host.focus({ preventScroll: true });
    host.setPointerCapture(event.pointerId);
    gesture = { id: event.pointerId, pan: event.button === 1 || space };
    sink.pointer('down', at(event), gesture.pan);
  }, { signal });
  host.addEventListener('pointermove', (event) => {
    if (gesture === undefined || gesture.id === event.pointerId) {
      sink.pointer('move', at(event), gesture?.pan ?? false);
    }
  }, { signal });
  host.addEventListener('pointerup', (event) => {
    if (gesture?.id === event.pointerId) {
      const { pan } = gesture;
      gesture = undefined;
      sink.pointer('up', at(event), pan);
    }
  }, { signal });
  host.addEventListener('pointercancel', (event) => {
    if (gesture?.id === event.pointerId) {
      gesture = undefined;
      sink.cancel();
    }
  }, { signal });
  host.addEventListener('pointerleave', () => sink.leave(), { signal });
  host.addEventListener('wheel', (event) => {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1);
    // A pinch on a touch pad comes as a wheel with Ctrl and small steps.
    sink.zoom(at(event), Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0015)));
  }, { signal, passive: false });

  const hold = (held: boolean) => {
    if (space !== held) {
      space = held;
      sink.spaceHeld(held);
    }
  };
  page.addEventListener('keydown', (event) => {
    const active = page.activeElement;
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    if (event.key === ' ' && plain && (active === host || active === page.body)) {
      event.preventDefault();
      hold(true);
    }
  }, { signal });
  page.addEventListener('keyup', (event) => {
    if (event.key === ' ') {
      hold(false);
    }
  }, { signal });
  page.defaultView?.addEventListener('blur', () => hold(false), { signal });

  return () => ending.abort();
}
