// Copies the subsets of IBM Plex that the pages use, with their licence, and writes the style sheet that declares them.
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const faces = [
  { font: 'ibm-plex-sans', family: 'IBM Plex Sans', weight: 400 },
  { font: 'ibm-plex-sans', family: 'IBM Plex Sans', weight: 600 },
  { font: 'ibm-plex-mono', family: 'IBM Plex Mono', weight: 400 },
];
const subsets = ['latin-ext', 'latin'];

/** Fills the folder `out` from the font packages installed under `here`. */
export async function buildFonts(here, out) {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const rules = [];
  for (const { font, family, weight } of faces) {
    const from = join(here, 'node_modules', '@fontsource', font);
    const ranges = JSON.parse(await readFile(join(from, 'unicode.json'), 'utf8'));
    await copyFile(join(from, 'LICENSE'), join(out, `${font}-LICENSE.txt`));
    for (const subset of subsets) {
      const file = `${font}-${subset}-${weight}-normal.woff2`;
      await copyFile(join(from, 'files', file), join(out, file));
      rules.push(rule(family, weight, file, ranges[subset]));
    }
  }
  await writeFile(join(out, 'fonts.css'), rules.join('\n'));
}

function rule(family, weight, file, range) {
  return `@font-face {
  font-family: "${family}";
  font-style: normal;
  font-weight: ${weight};
  font-display: swap;
  src: url("${file}") format("woff2");
  unicode-range: ${range};
}
`;
}
