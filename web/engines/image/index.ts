/**
 * The image engine: an own canvas viewer and editor of boxes that needs no framework.
 *
 * ```ts
 * const engine = new ImageEngine(host);
 * engine.setImage(await ImagePyramid.decode(blob, () => engine.imageImproved()));
 * engine.on('change', (proposal) => { … make an operation … engine.setShapes(log.answer.shapes); });
 * ```
 */
export { ImageEngine, type EngineEvents, type EngineOptions, type Proposal } from './engine';
export { boxBetween, clipped, roundedBox, type Point, type Size } from './geometry';
export { inkOn, type LabelStyle, type Overlay } from './paint';
export { ImagePyramid } from './pyramid';
export type { ToolName } from './tools';
export type { Viewport } from './viewport';
