// The peer: noVNC in the page, straight on QEMU's own WebSocket display.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createServer as createTcpServer } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { qemuArguments } from "./machines.mjs";
import { DelayingProxy } from "./proxy.mjs";

const modules = fileURLToPath(new URL("../node_modules/@novnc/novnc/", import.meta.url));

const page = (port) => `<!doctype html><meta charset="utf-8"><style>body{margin:0}#screen{width:1100px;height:800px}</style><div id="screen"></div>
<script type="module">
import RFB from "/core/rfb.js";
const rfb = new RFB(document.getElementById("screen"), "ws://127.0.0.1:${port}/", { shared: true });
rfb.scaleViewport = false;
rfb.addEventListener("connect", () => { window.connected = true; rfb.focus(); });
window.rfb = rfb;
</script>`;

async function freePort() {
  const server = createTcpServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function openNoVnc(browser, machine, imagePath) {
  const socketPort = await freePort();
  const number = (await freePort()) - 5900;
  const qemu = spawn("/usr/libexec/qemu-system-i386", qemuArguments(machine, imagePath, { number, port: socketPort }), { stdio: "ignore" });
  const proxy = await new DelayingProxy(socketPort).listen();
  const files = createServer(async (request, response) => {
    try {
      if (request.url === "/" || request.url === "/direct") {
        response.setHeader("content-type", "text/html");
        response.end(page(request.url === "/" ? proxy.port : socketPort));
        return;
      }
      const path = join(modules, normalize(request.url));
      response.setHeader("content-type", extname(path) === ".js" ? "text/javascript" : "application/octet-stream");
      response.end(await readFile(path));
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => files.listen(0, "127.0.0.1", resolve));
  await new Promise((resolve) => setTimeout(resolve, machine.settle));
  const tab = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  await tab.goto(`http://127.0.0.1:${files.address().port}/`);
  await tab.waitForFunction("window.connected");
  const canvas = tab.locator("canvas").first();
  const position = { x: 0, y: 0 };
  return {
    name: "noVNC", page: tab, proxy,
    processes: () => [qemu.pid], service: () => null, server: () => qemu.pid,
    /** Another page that shows the same machine, not through the proxy. */
    async openSecond() {
      const second = await browser.newPage();
      await second.goto(`http://127.0.0.1:${files.address().port}/direct`);
      return second;
    },
    async moveBy(dx, dy) {
      const box = await canvas.boundingBox();
      position.x = Math.min(Math.max(position.x + dx, 0), box.width - 1);
      position.y = Math.min(Math.max(position.y + dy, 0), box.height - 1);
      await tab.mouse.move(box.x + position.x, box.y + position.y);
    },
    async enter() {
      const box = await canvas.boundingBox();
      position.x = box.width / 2;
      position.y = box.height / 2;
      await tab.mouse.move(box.x + position.x, box.y + position.y);
      await tab.evaluate("rfb.focus()");
    },
    async close() {
      await tab.close();
      qemu.kill("SIGKILL");
      await proxy.close();
      files.closeAllConnections();
      files.close();
    },
  };
}
