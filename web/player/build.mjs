// Builds the player into the web project's wwwroot: player/ (script, workers, page style) and fonts/.
// Answers with exit code 1 and the compiler's words when something is wrong.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildFonts } from './build-fonts.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const wwwroot = join(here, '..', 'Preserve.Web', 'wwwroot');
const out = join(wwwroot, 'player');

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

// The scripts that run outside the page come first: their digests go into the addresses the page script asks for,
// so that a browser never runs a new page script with an old worker.
const define = {
  'BUILD.pictureWorker': await beside('preserve-player-worker', 'src/screen/worker.ts'),
  'BUILD.soundWorklet': await beside('preserve-player-sound', 'src/sound/worklet.ts'),
  'BUILD.opusDecoder': await beside('preserve-player-opus', 'src/sound/own-opus-decoder.ts'),
};
await bundle('preserve-player', 'src/index.ts', define);
await bundle('preserve-upload', 'src/upload/index.ts', {});
await copyFile(join(here, 'src/style/page.css'), join(out, 'preserve-player.css'));
await buildFonts(here, join(wwwroot, 'fonts'));

async function beside(name, entry) {
  const content = await bundle(name, entry, {});
  const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return JSON.stringify(`${name}.js?v=${version}`);
}

async function bundle(name, entry, define) {
  const result = await build({
    absWorkingDir: here, entryPoints: [entry], bundle: true, minify: true, write: false, define,
    format: 'esm', target: ['es2022', 'chrome109', 'firefox115', 'safari16.4'], loader: { '.css': 'text' },
    legalComments: 'eof', logLevel: 'warning',
  });
  const content = result.outputFiles[0].contents;
  await writeFile(join(out, `${name}.js`), content);
  console.log(`${name}.js ${kib(content.length)}, compressed ${kib(gzipSync(content).length)}`);
  return content;
}

function kib(bytes) {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
