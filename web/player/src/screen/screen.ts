/** One machine's picture. The element is placed by the caller; the picture in it is kept up to date by `decode`. */
export interface Screen {
  readonly element: HTMLCanvasElement;
  /** Draws one frame blob; takes ownership of its bytes. */
  decode(blob: Uint8Array<ArrayBuffer>): void;
  /** Forgets what the decoder learned: a new connection begins with a whole picture. */
  reset(): void;
  /** What is on the canvas now. */
  readPixels(): Promise<Pixels>;
  dispose(): void;
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row. */
  readonly data: Uint8ClampedArray;
}

/** The shape the guest gave its pointer. */
export interface CursorShape {
  readonly width: number;
  readonly height: number;
  readonly hotspotX: number;
  readonly hotspotY: number;
  /** RGBA, row by row. Empty when the guest hides its pointer. */
  readonly data: Uint8ClampedArray;
}

export interface ScreenListener {
  /** Everything up to this sequence number is on the canvas. */
  drawn(sequence: number): void;
  resized(width: number, height: number): void;
  cursor(shape: CursorShape): void;
  /** A blob made no sense: a whole picture is needed. */
  lost(): void;
}
