/**
 * Renders the BPMN files to the SVG pictures beside this script.
 *
 * The pictures are committed, and a test compares the SHA-256 that each carries with the file it was
 * rendered from. README.md says how to run this. With the environment variable PNG_FOLDER it also
 * writes a PNG of each, to look at; with CHECK=true it only says which pictures are stale.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(
  here,
  '../../acp-benefits-workflows/src/main/resources/io/acpbenefits/processes',
);
const margin = 20;

const files = readdirSync(sources)
  .filter((name) => name.endsWith('.bpmn'))
  .sort()
  .map((name) => {
    const bytes = readFileSync(join(sources, name));
    return {
      id: basename(name, '.bpmn'),
      xml: bytes.toString('utf8'),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      picture: join(here, basename(name, '.bpmn') + '.svg'),
    };
  });

if (process.env.CHECK === 'true') {
  const stale = files.filter(
    ({ picture, sha256 }) =>
      !existsSync(picture) ||
      !readFileSync(picture, 'utf8').includes(`data-source-sha256="${sha256}"`),
  );
  stale.forEach(({ id }) => console.log(`${id}: stale`));
  process.exit(stale.length ? 1 : 0);
}

const require = createRequire(import.meta.url);
const { chromium } = require('playwright-core');
const viewer = require.resolve('bpmn-js/dist/bpmn-viewer.production.min.js');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
});
let failed = false;
for (const { id, xml, sha256, picture } of files) {
  const page = await browser.newPage();
  await page.setContent('<div id="canvas" style="width: 1600px; height: 1200px"></div>');
  await page.addScriptTag({ path: viewer });
  const { warnings, svg } = await page.evaluate(async (source) => {
    const modeler = new window.BpmnJS({
      container: '#canvas',
      textRenderer: {
        defaultStyle: { fontFamily: 'Arial, Helvetica, sans-serif' },
        externalStyle: { fontSize: 11 },
      },
    });
    const result = await modeler.importXML(source);
    return {
      warnings: result.warnings.map((warning) => warning.message),
      svg: (await modeler.saveSVG()).svg,
    };
  }, xml);
  for (const warning of warnings) {
    failed = true;
    console.error(`${id}: ${warning}`);
  }
  const finished = finish(svg, sha256);
  writeFileSync(picture, finished);
  if (process.env.PNG_FOLDER) {
    const [, width, height] = finished.match(/width="(\d+)" height="(\d+)"/);
    await page.setViewportSize({ width: Number(width), height: Number(height) });
    await page.setContent(`<body style="margin: 0">${finished.slice(finished.indexOf('<svg'))}`);
    await page.screenshot({ path: join(process.env.PNG_FOLDER, `${id}.png`) });
  }
  await page.close();
  console.log(`${id}: ${warnings.length} warnings`);
}
await browser.close();
process.exit(failed ? 1 : 0);

/**
 * Adds the margin, the white ground and the hash of the source; takes out what only a mouse needs,
 * and names the markers by number, because the viewer draws their names at random.
 */
function finish(svg, sha256) {
  const [x, y, width, height] = svg
    .match(/viewBox="([^"]+)"/)[1]
    .split(' ')
    .map(Number);
  const box = [
    Math.floor(x) - margin,
    Math.floor(y) - margin,
    Math.ceil(width) + 2 * margin,
    Math.ceil(height) + 2 * margin,
  ];
  const head =
    `<svg xmlns="http://www.w3.org/2000/svg"` +
    ` width="${box[2]}" height="${box[3]}" viewBox="${box.join(' ')}" version="1.1"` +
    ` data-source-sha256="${sha256}">\n` +
    `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" fill="white"/>`;
  const names = new Map();
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(/<svg[^>]*>/, head)
    .replace(/marker-[0-9a-z]{20,}/g, (name) => {
      if (!names.has(name)) names.set(name, `marker-${names.size + 1}`);
      return names.get(name);
    })
    .replace(/<(rect|path|polyline) [^>]*class="djs-hit[^>]*\/>/g, '')
    .replace(/<(rect|path|polyline) class="djs-(hit|outline)[^>]*\/>/g, '')
    .replace(/(<g class="djs-group">)/g, '\n$1')
    .trimEnd()
    .concat('\n');
}
