import type { MachineInput } from './machine-input';

/** Sends input to the session's hub, for one machine of the session. */
export class HubInput implements MachineInput {
  constructor(private readonly hub: { send(method: string, ...values: unknown[]): void }, private readonly machine: number) {}

  key(scancode: number, keysym: number, isDown: boolean): void {
    this.hub.send('Key', this.machine, scancode, keysym, isDown);
  }

  point(x: number, y: number, buttons: number): void {
    this.hub.send('Point', this.machine, x, y, buttons);
  }

  move(dx: number, dy: number, buttons: number): void {
    this.hub.send('Move', this.machine, dx, dy, buttons);
  }

  releaseAll(): void {
    this.hub.send('ReleaseAll', this.machine);
  }
}
