export { FrameFormatError } from './format';
export { FrameDecoder } from './frame-decoder';
export type { FrameCursor } from './cursor-decoder';
export type { Sketch } from './sketch-reader';
