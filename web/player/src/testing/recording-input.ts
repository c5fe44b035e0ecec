import type { MachineInput } from '../input/machine-input';

/** Writes down what would go to the machine, in short: "1e down", "point 3,4 1", "move -1,0 0", "release all". */
export class RecordingInput implements MachineInput {
  readonly log: string[] = [];

  key(scancode: number, _keysym: number, isDown: boolean): void {
    this.log.push(`${scancode.toString(16).padStart(2, '0')} ${isDown ? 'down' : 'up'}`);
  }

  point(x: number, y: number, buttons: number): void {
    this.log.push(`point ${x},${y} ${buttons}`);
  }

  move(dx: number, dy: number, buttons: number): void {
    this.log.push(`move ${dx},${dy} ${buttons}`);
  }

  releaseAll(): void {
    this.log.push('release all');
  }
}
