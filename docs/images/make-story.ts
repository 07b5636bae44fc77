/**
 * Makes `story.svg`, the moving picture of the README, and `sandbox.png`, one picture of it: plays the release in a
 * sandbox of its own and photographs the page at each step. `npx tsx docs/images/make-story.ts`, a minute or two.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { ShowState } from '../../sandbox/control-api.ts';
import { createControlClient } from '../../sandbox/control-client.ts';
import { planExampleRelease } from '../../sandbox/example-release.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { chromiumPath } from '../../test/support/chromium-path.ts';

const size = { width: 1000, height: 640 };
/** How sharp the pictures are: pixels of the picture for one of the page, and the quality of WebP, from 0 to 1. */
const sharpness = { scale: 1, quality: 0.6 };
/** How long each picture stays, seconds. */
const seconds = 3.2;
/** The steps that are told, by their titles in `sandbox/show/scenes.ts`; the still one among them. */
const told = ['Planned', 'One week before', 'Go-live', '10 % of traffic', 'It breaks', 'Rolled back'];
const still = '10 % of traffic';

const platforms = ['slack', 'teams'] as const;
const here = import.meta.dirname;

async function main(): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tminus-picture-'));
  const say = () => undefined;
  const sandbox = await startSandbox({ port: 0, dataDir, platforms, accountsConnected: true, say });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  try {
    await planExampleRelease(createControlClient(sandbox.url), { platforms, say });
    await sandbox.show.open();
    const frames = await photograph(browser, sandbox.url);
    const svg = animate(frames);
    await writeFile(path.join(here, 'story.svg'), svg);
    console.log(`story.svg: ${frames.length} pictures, ${Math.round(svg.length / 1024)} KiB`);
  } finally {
    await browser.close();
    await sandbox.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The told steps as data URLs. */
async function photograph(browser: Browser, url: string): Promise<string[]> {
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: sharpness.scale });
  const page = await context.newPage();
  const encoder = await context.newPage();
  await page.goto(url);
  await page.getByTestId('watch').click();
  const frames: string[] = [];
  for (const title of told) {
    await stepShown(url, title);
    // The mark on the message in question fades, and the card is edited once more.
    await page.waitForTimeout(1_500);
    const picture = await page.screenshot(
      title === still ? { path: path.join(here, 'sandbox.png') } : { type: 'png' },
    );
    frames.push(await toWebp(encoder, picture));
    console.log(title);
  }
  return frames;
}

/** Waits until a step has shown what it is about. */
async function stepShown(url: string, title: string): Promise<void> {
  for (;;) {
    const show = (await (await fetch(`${url}/sandbox/show`)).json()) as ShowState;
    if (show.state === 'failed') throw new Error(`The show failed: ${show.detail}`);
    if (show.step !== null && show.steps[show.step]?.title === title && show.message) return;
    await pause(100);
  }
}

function toWebp(page: Page, png: Buffer): Promise<string> {
  return page.evaluate(
    async ({ url, quality }) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), {
        width: image.width,
        height: image.height,
      });
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', quality);
    },
    { url: `data:image/png;base64,${png.toString('base64')}`, quality: sharpness.quality },
  );
}

/** One picture after the other, for ever; the last one alone for whoever wants no motion. */
function animate(frames: string[]): string {
  const { width, height } = size;
  const share = (100 / frames.length).toFixed(3);
  const images = frames.map(
    (frame, index) =>
      `<image width="${width}" height="${height}" href="${frame}" style="animation-delay:${(index * seconds).toFixed(1)}s"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title>A release in tminus: planned, voted on, promoted, broken, rolled back</title>
<style>
image { visibility: hidden; animation: turn ${(frames.length * seconds).toFixed(1)}s step-end infinite; }
@keyframes turn { 0% { visibility: visible; } ${share}% { visibility: hidden; } }
@media (prefers-reduced-motion: reduce) { image { animation: none; } image:last-of-type { visibility: visible; } }
</style>
${images.join('\n')}
</svg>
`;
}

await main();
