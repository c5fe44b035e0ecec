/** Where keys and pointer of one machine go. */
export interface MachineInput {
  /** @param scancode 1 to 255 @param keysym 0 when unknown */
  key(scancode: number, keysym: number, isDown: boolean): void;
  /** Absolute position in guest pixels. */
  point(x: number, y: number, buttons: number): void;
  /** Relative movement, each from -32768 to 32767. */
  move(dx: number, dy: number, buttons: number): void;
  releaseAll(): void;
}
