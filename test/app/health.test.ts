import { afterEach, expect, it, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Mode, startTestApp, type TestApp } from './start-test-app.ts';

let app: TestApp;
afterEach(() => app.stop());

/** Starts the bot; then Slack is gone, and the machine's clock goes on by a minute and a second. */
async function loseSlackForLong(mode: Mode): Promise<void> {
  app = await startTestApp(mode);
  await app.wire.close();
  if (mode === 'socket') {
    await eventually(() => {
      expect(app.logged.map(({ message }) => message)).toContainEqual(
        expect.stringContaining('No Socket Mode connection'),
      );
    });
  }
  expect(await health()).toEqual({ status: 200, body: { status: 'ok' } });
  const later = Date.now() + 61_000;
  vi.spyOn(app.clock, 'wall').mockImplementation(() => later);
}

async function health(): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${app.app.httpUrl}/healthz`);
  return { status: response.status, body: await response.json() };
}

it('is ill, and says so, when the socket to Slack has been away for more than a minute', async () => {
  await loseSlackForLong('socket');
  expect(await health()).toEqual({
    status: 503,
    body: { status: 'unavailable', part: 'slack', since: expect.stringMatching(/^\d{4}-.*Z$/) },
  });
});

it('is well where Slack sends requests, since there is no connection to lose', async () => {
  await loseSlackForLong('http');
  expect(await health()).toEqual({ status: 200, body: { status: 'ok' } });
});
