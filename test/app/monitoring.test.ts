import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { findProgram } from '../support/find-program.ts';
import { dana, planRelease, type } from './scene.ts';
import { startTestApp, type TestApp } from './start-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp('http');
  await planRelease(app);
});
afterAll(() => app.stop());

const promtool = () =>
  findProgram({ names: ['promtool'], package: 'prometheus', hint: 'It comes with Prometheus.' });

async function metricsPage(): Promise<string> {
  return (await fetch(`${app.app.httpUrl}/metrics`)).text();
}

/** The value of one series on the page; undefined when it is not there. */
function seriesValue(page: string, series: string): number | undefined {
  const line = page.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

it('tells what people asked for, what was sent, and what the target was asked', async () => {
  await type(app, dana, '/release status');
  await eventually(async () => {
    const page = await metricsPage();
    expect(seriesValue(page, 'tminus_releases{state="in_planning"}')).toBe(1);
    expect(seriesValue(page, 'tminus_database_up')).toBe(1);
    expect(seriesValue(page, 'tminus_deliveries{state="pending"}')).toBe(0);
    expect(seriesValue(page, 'tminus_oldest_delivery_seconds')).toBe(0);
    expect(
      seriesValue(page, 'tminus_delivery_attempts_total{channel="slack",result="sent"}'),
    ).toBeGreaterThan(0);
    expect(seriesValue(page, 'tminus_delivery_wait_seconds_count{channel="slack"}')).toBeGreaterThan(0);
    expect(seriesValue(page, 'tminus_acknowledgement_seconds_count{how="answered"}')).toBeGreaterThan(0);
    expect(
      seriesValue(page, 'tminus_verb_seconds_count{verb="release.create",outcome="done"}'),
    ).toBeGreaterThan(0);
  });
});

it('writes a page that Prometheus finds nothing wrong with', async () => {
  // Those of Node.js have names of their library.
  const isOurs = (line: string) => /^(# \w+ )?tminus_/.test(line);
  const input = `${(await metricsPage()).split('\n').filter(isOurs).join('\n')}\n`;
  expect(execFileSync(promtool(), ['check', 'metrics'], { input, encoding: 'utf8' })).toBe('');
});

it('has rules that call when something is wrong, and not before', () => {
  const rules = new URL('./alerts.test.yml', import.meta.url).pathname;
  expect(execFileSync(promtool(), ['test', 'rules', rules], { encoding: 'utf8' })).toContain('SUCCESS');
});

it('has every metric that the rules and the dashboard ask for', async () => {
  const page = await metricsPage();
  const known = new Set([...page.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name]) => name));
  for (const file of ['alerts.yml', 'grafana-dashboard.json']) {
    const text = readFileSync(new URL(`../../monitoring/${file}`, import.meta.url), 'utf8');
    const asked = [...text.matchAll(/\b(?:tminus|process|nodejs)_[a-z0-9_]+(?=[{)[ ])/g)].map(([name]) =>
      name.replace(/_(bucket|count|sum)$/, ''),
    );
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  }
});
