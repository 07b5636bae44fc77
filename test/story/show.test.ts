import { describe, expect, it } from 'vitest';
import type { ShowChange, ShowState } from '../../sandbox/control-api.ts';
import { createControlClient } from '../../sandbox/control-client.ts';
import { importPlan, loadExamplePlan, onBothPlatforms } from '../../sandbox/example-release.ts';
import { Side } from '../../sandbox/story/side.ts';
import { eventually } from '../support/eventually.ts';
import { WorkspacePage } from '../support/workspace-page.ts';
import { SandboxProcess } from './support/sandbox-process.ts';

describe.each(['slack', 'teams'] as const)('in %s', (platform) => {
  it('shows the whole release by itself, from its plan to its rollback', async () => {
    await using sandbox = await SandboxProcess.start({
      ...{ load: 300, page: true, platforms: ['slack', 'teams'] },
      accountsConnected: true,
    });
    const control = createControlClient(sandbox.url, platform);
    const { nowMs } = await control.clock();
    await importPlan(createControlClient(sandbox.url), onBothPlatforms(await loadExamplePlan(nowMs), nowMs));
    const side = await Side.open(control);
    await eventually(async () => expect(await side.posts('#release-deployment')).not.toEqual([]));
    expect((await readShow(sandbox.url)).state).toBe('ready');
    await using workspace = await WorkspacePage.open(`${sandbox.url}/?platform=${platform}`);
    await workspace.page.getByTestId('watch').click();
    await workspace.page.getByTestId('show-pause').click();
    await workspace.page.getByTestId('show-pause').getByText('Continue').waitFor();
    const paused = await readShow(sandbox.url);
    expect(paused).toMatchObject({ state: 'paused', platform });
    const again = await post(sandbox.url, 'play');
    expect([again.status, (await again.json()) as unknown]).toMatchObject([409, { error: 'conflict' }]);

    const over = await eventually(async () => {
      const show = await changeShow(sandbox.url, 'next');
      expect(show.state).not.toBe('playing');
      return show;
    }, 200_000);
    expect(over).toMatchObject({ state: 'over', step: over.steps.length - 1 });
    const { weight, candidate } = await control.demo();
    expect([weight, candidate.errors > 0]).toEqual([0, true]);
    const told = (await side.posts('#executives')).at(-1);
    expect(over.message).toEqual({ channel: side.channelId('#executives'), ts: told?.ts });
    // The page has followed it there.
    await workspace.page.getByRole('heading', { name: 'executives' }).waitFor();
    expect(workspace.troubles).toEqual([]);
  });
});

it('is taken over in the middle, and can not be played once the release is too far on', async () => {
  await using sandbox = await SandboxProcess.start();
  const control = createControlClient(sandbox.url);
  const example = await loadExamplePlan((await control.clock()).nowMs);
  await importPlan(control, example);
  await changeShow(sandbox.url, 'play');
  expect((await changeShow(sandbox.url, 'stop')).state).toBe('stopped');
  // Whoever took over has the clock to themselves.
  expect((await control.bot()).state).toBe('running');

  await using late = await SandboxProcess.start();
  const there = createControlClient(late.url);
  await importPlan(there, example);
  // The show reads off the first post for which day the release is planned.
  await eventually(async () => expect(await there.messages('C0RELEASE')).not.toEqual([]));
  await there.jump(`${String(example.plan.goLive.date)}T00:00:00Z`);
  expect((await readShow(late.url)).state).toBe('late');
  const refused = await post(late.url, 'play');
  expect(await refused.json()).toMatchObject({ error: 'conflict' });
});

async function readShow(url: string): Promise<ShowState> {
  return (await (await fetch(`${url}/sandbox/show`)).json()) as ShowState;
}

function post(url: string, what: ShowChange['do']): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${url}/sandbox/show`, { method: 'POST', headers, body: JSON.stringify({ do: what }) });
}

async function changeShow(url: string, what: ShowChange['do']): Promise<ShowState> {
  return (await (await post(url, what)).json()) as ShowState;
}
