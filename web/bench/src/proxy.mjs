// A TCP proxy that delays both directions, counts bytes, and can limit the rate towards the client.
import { createServer, connect } from "node:net";

export class DelayingProxy {
  /**
   * Delay and rate can be changed at any time.
   * @param {number} target port on 127.0.0.1
   * @param {number} [delay] one way, in milliseconds
   * @param {number} [rate] bytes a second towards the client
   */
  constructor(target, delay = 0, rate = Infinity) {
    this.delay = delay;
    this.rate = rate;
    this.down = 0;
    this.up = 0;
    this.sockets = new Set();
    this.server = createServer((client) => {
      const server = connect(target, "127.0.0.1");
      for (const socket of [client, server]) {
        socket.setNoDelay(true);
        this.sockets.add(socket);
        socket.on("error", () => socket.destroy());
        socket.on("close", () => this.sockets.delete(socket));
      }
      pass(client, server, () => this.delay, () => Infinity, (count) => (this.up += count));
      pass(server, client, () => this.delay, () => this.rate, (count) => (this.down += count));
    });
  }

  async listen() {
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.port = this.server.address().port;
    return this;
  }

  /** Stops counting what was and starts anew. */
  reset() {
    this.down = 0;
    this.up = 0;
  }

  async close() {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function pass(from, to, delay, rate, count) {
  let free = 0; // when the rate allows the next byte
  let last = 0; // order is kept: nothing overtakes what came before
  from.on("data", (bytes) => {
    count(bytes.length);
    const now = performance.now();
    free = Math.max(free, now) + (bytes.length / rate()) * 1000;
    const due = Math.max(last, now + delay(), rate() === Infinity ? 0 : free + delay());
    last = due;
    // A sender that is faster than the limit is held back, as a full link would do.
    if (free - now > 200) {
      from.pause();
      setTimeout(() => from.resume(), free - now - 100);
    }
    setTimeout(() => to.destroyed || to.write(bytes), due - now);
  });
  from.on("close", () => setTimeout(() => to.end(), delay()));
}
