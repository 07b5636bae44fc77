import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { buildBundle } from '../../../scripts/build-bundle.ts';
import { bundles } from '../../../scripts/bundles.ts';
import { createPageReader, type PageReader } from '../../../src/metrics/prometheus-text/page-reader.ts';
import { writeMetricsPage } from '../metrics-page.ts';
import { defaultPageOptions } from '../open-source.ts';

describe('createPageReader', () => {
  let reader: PageReader | undefined;
  afterEach(() => reader?.close());
  const open = (given: { timeoutMs?: number; startTimeoutMs?: number; program?: URL } = {}): PageReader => {
    reader = createPageReader({
      page: defaultPageOptions,
      timeoutMs: 10_000,
      maxPageBytes: 1_000_000,
      ...given,
    });
    return reader;
  };
  const program = (name: string) => new URL(`programs/${name}.mjs`, import.meta.url);
  const page = writeMetricsPage({ version: '2', codes: { 200: 7 } });

  it('reads pages in a thread, one after the other, and goes on after one that it refuses', async () => {
    const { read } = open();
    expect((await read(page)).samples).toMatchObject([{ version: '2', value: 7 }]);
    await expect(read('<!doctype html>\n')).rejects.toThrow('line 1: expected a metric name at column 1');
    expect((await read(`${page}process_start_time_seconds 12\n`)).processStart).toBe(12);
  });

  it('reads again after it was closed', async () => {
    const { read, close } = open();
    await read(page);
    await close();
    expect((await read(page)).samples).toHaveLength(1);
  });

  it.each([
    ['takes for ever', 'hang', 'the page could not be read within 0.3 s'],
    ['ends its thread', 'quit', 'the page could not be read (its reader ended)'],
  ])('ends with a page that %s, the next one too', async (_, name, reason) => {
    const { read } = open({ program: program(name), timeoutMs: 300 });
    await expect(read(page)).rejects.toThrow(reason);
    await expect(read(page)).rejects.toThrow(reason);
  });

  it('says that its thread was not ready, and within which time', async () => {
    const { read } = open({ program: program('idle'), timeoutMs: 7_000, startTimeoutMs: 300 });
    await expect(read(page)).rejects.toThrow(/^its reader was not ready within 0\.3 s$/);
  });

  it('ends with a page that takes all memory', async () => {
    const { read } = open({ program: program('swell') });
    await expect(read(page)).rejects.toThrow('the page takes more memory than it may');
  });

  it('leaves everything else running while a page takes for ever', async () => {
    const { read } = open({ program: program('hang'), timeoutMs: 500 });
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 10);
    await expect(read(page)).rejects.toThrow('within 0.5 s');
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
  });

  it.each(['tminus', 'sandbox'] as const)('reads in a thread from the bundle of %s, too', async (name) => {
    const outdir = path.resolve(`node_modules/.cache/page-reader-${name}`);
    const reading = 'src/metrics/prometheus-text/page-reader.ts';
    const { 'page-program': program } = bundles[name].entryPoints;
    await buildBundle({ entryPoints: { reading, 'page-program': program }, outdir });
    const bundled: typeof import('../../../src/metrics/prometheus-text/page-reader.ts') = await import(
      path.join(outdir, 'reading.js')
    );
    reader = bundled.createPageReader({
      page: defaultPageOptions,
      timeoutMs: 10_000,
      maxPageBytes: 1_000_000,
    });
    expect((await reader.read(page)).samples).toHaveLength(1);
  });
});
