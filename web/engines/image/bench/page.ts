/** The page of the bench: a picture of 4000 x 3000 pixels with 5,000 boxes, moved by requestAnimationFrame. */
import type { Shape } from '../../core/model';
import { seeded } from '../../core/testing';
import { ImageEngine } from '../engine';
import { ImagePyramid } from '../pyramid';

const SIZE = { width: 4000, height: 3000 };

export interface Bench {
  /** Pans back and forth for a number of frames; resolves to the time of each frame in milliseconds. */
  pan(frames: number): Promise<number[]>;
  zoom(frames: number): Promise<number[]>;
  fit(): void;
  fullSize(): void;
  draw(): void;
}

declare global {
  interface Window {
    bench: Promise<Bench>;
  }
}

async function picture(): Promise<Blob> {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  const random = seeded(1);
  for (let i = 0; i < 4_000; i++) {
    context.fillStyle = `hsl(${random() * 360} 40% ${20 + random() * 60}%)`;
    context.fillRect(random() * SIZE.width, random() * SIZE.height, random() * 300, random() * 300);
  }
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}

function boxes(count: number): Shape[] {
  const random = seeded(2);
  return Array.from({ length: count }, (_, i) => {
    const width = 20 + random() * 120;
    const height = 20 + random() * 120;
    const x = random() * (SIZE.width - width);
    const y = random() * (SIZE.height - height);
    return { id: `s${i}`, label: `l${i % 5}`, type: 'box', x, y, width, height, attributes: {} };
  });
}

function run(frames: number, move: (frame: number) => void): Promise<number[]> {
  return new Promise((resolve) => {
    const times: number[] = [];
    let last = performance.now();
    const next = () => {
      const now = performance.now();
      times.push(now - last);
      last = now;
      if (times.length === frames) {
        resolve(times);
        return;
      }
      move(times.length);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

async function prepare(): Promise<Bench> {
  const host = document.getElementById('host');
  if (host === null) throw new Error('no host');
  const engine = new ImageEngine(host);
  engine.setStyles(
    new Map(['#c08a2b', '#177475', '#b4473f', '#4b6cc1', '#7a4fa3'].map((color, i) => [`l${i}`, { name: `Label ${i}`, color }])),
  );
  engine.setImage(await ImagePyramid.decode(await picture(), () => engine.imageImproved()));
  engine.setShapes(boxes(5_000));
  return {
    pan: (frames) => run(frames, (frame) => engine.panBy(frame % 40 < 20 ? 4 : -4, frame % 40 < 20 ? 2 : -2)),
    zoom: (frames) => run(frames, (frame) => engine.zoomBy(frame % 40 < 20 ? 1.02 : 1 / 1.02)),
    fit: () => engine.zoomToFit(),
    fullSize: () => engine.zoomToFullSize(),
    draw: () => engine.setTool('draw'),
  };
}

window.bench = prepare();
