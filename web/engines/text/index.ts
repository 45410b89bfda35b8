/** The text engine: a windowed viewer of long texts that needs no framework. */
export { chunksOf, type Chunk } from './chunks';
export { TextViewer } from './viewer';
