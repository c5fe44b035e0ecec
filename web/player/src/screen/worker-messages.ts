import type { CursorShape, Pixels } from './screen';

/** What the page tells the picture worker. */
export type ToWorker =
  | { readonly kind: 'canvas'; readonly canvas: OffscreenCanvas }
  | { readonly kind: 'blob'; readonly blob: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'reset' }
  | { readonly kind: 'read'; readonly request: number };

/** What the picture worker tells the page. `ready` comes first, before it has a canvas. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'drawn'; readonly sequence: number }
  | { readonly kind: 'resized'; readonly width: number; readonly height: number }
  | { readonly kind: 'cursor'; readonly shape: CursorShape }
  | { readonly kind: 'lost' }
  | { readonly kind: 'pixels'; readonly request: number; readonly pixels: Pixels };
