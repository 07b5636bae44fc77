import { setTimeout as pause } from 'node:timers/promises';
import type { JSHandle } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { ChatPlatform } from '../../sandbox/chat-platform.ts';
import type { ShowChange, ShowState } from '../../sandbox/control-api.ts';
import { createControlClient } from '../../sandbox/control-client.ts';
import { importPlan, loadExamplePlan } from '../../sandbox/example-release.ts';
import { Side } from '../../sandbox/story/side.ts';
import { eventually } from '../support/eventually.ts';
import { WorkspacePage } from '../support/workspace-page.ts';
import { SandboxProcess } from './support/sandbox-process.ts';

describe.each(['slack', 'teams'] as const)('in %s', (platform) => {
  it('shows the whole release by itself, and again until somebody takes over', async () => {
    await using sandbox = await SandboxProcess.start({
      ...{ page: true, kept: true, load: 300, platforms: ['slack', 'teams'] },
    });
    const { url } = sandbox;
    await using workspace = await WorkspacePage.open(`${url}/?platform=${platform}`);
    await explained(workspace, async () => {
      const seen = await workspace.page.evaluateHandle(noteWhatIsSeen);
      await workspace.page.getByTestId('watch').click();
      await holdIt(url, workspace);
      await watchToTheEnd(url, workspace, seen);
      await checkEnd(url, workspace, platform);
      expect(workspace.troubles).toEqual([]);
      await workspace.page.getByTestId('watch').click();
      await takeOver(url, workspace);
    });
  });
});

/** A paused show waits, and is not played anew. */
async function holdIt(url: string, { page }: WorkspacePage): Promise<void> {
  await page.getByTestId('show-pause').click();
  await page.getByTestId('show-pause').getByText('Continue').waitFor();
  expect((await readShow(url)).state).toBe('paused');
  const again = await post(url, 'play');
  expect([again.status, (await again.json()) as unknown]).toMatchObject([409, { error: 'conflict' }]);
  await page.getByTestId('show-pause').click();
}

/** The page announces every step, and looks at what it is about. It is let alone: a slow browser sees less of a step. */
async function watchToTheEnd(
  url: string,
  { page }: WorkspacePage,
  seen: JSHandle<ReturnType<typeof noteWhatIsSeen>>,
): Promise<void> {
  await page.getByTestId('show-next').click();
  const messages: (string | undefined)[] = [];
  const { steps, step: first } = await readShow(url);
  for (let step = first ?? 0; step < steps.length; step += 1) {
    const { message } = await seeStep(url, step);
    messages.push(message?.ts);
  }
  await eventually(async () => expect((await readShow(url)).state).toBe('over'));
  const announced = steps.map(
    ({ title, caption }, step) => `${step + 1}/${steps.length} ${title} ${caption}`,
  );
  expect(await seen.evaluate(({ captions }) => [...captions])).toEqual(announced);
  await eventually(async () => {
    const looked = await seen.evaluate(({ focused }) => [...focused]);
    expect(looked).toEqual(expect.arrayContaining(messages));
  });
}

/** In the page: what it announces from now on, and which messages it looks at, each once. */
function noteWhatIsSeen(): { captions: Set<string>; focused: Set<string> } {
  const captions = new Set<string>();
  const focused = new Set<string>();
  const note = () => {
    const caption = document.querySelector('[data-testid="show-caption"]')?.textContent;
    if (caption) captions.add(caption);
    for (const { dataset } of document.querySelectorAll<HTMLElement>('[data-focused]'))
      if (dataset.ts) focused.add(dataset.ts);
  };
  note();
  const what = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(note).observe(document.body, what);
  return { captions, focused };
}

/** Waits for the message that a step is about. */
async function seeStep(url: string, step: number): Promise<ShowState> {
  for (;;) {
    const show = await readShow(url);
    expect([show.state, show.detail, (show.step ?? 0) <= step]).toEqual(['playing', undefined, true]);
    if (show.step === step && show.message !== null) return show;
    await pause(50);
  }
}

async function checkEnd(url: string, { page }: WorkspacePage, platform: ChatPlatform): Promise<void> {
  const over = await readShow(url);
  const control = createControlClient(url, platform);
  const { weight, candidate } = await control.demo();
  expect([weight, candidate.errors > 0]).toEqual([0, true]);
  const side = await Side.open(control);
  const channel = side.channelId('#executives');
  const told = (await control.messages(channel)).at(-1);
  expect(over).toMatchObject({
    platform,
    step: over.steps.length - 1,
    message: { channel, ts: told?.ts },
  });
  // The page has followed it there.
  await page.getByRole('heading', { name: 'executives' }).waitFor();
}

/** In a new workspace, whose show begins by itself; from the third step on the release is somebody's own. */
async function takeOver(url: string, workspace: WorkspacePage): Promise<void> {
  const { page } = workspace;
  await page.getByTestId('welcome').getByText('The show begins in a moment.').waitFor();
  await page.getByTestId('show-caption').waitFor();
  await page.getByTestId('show-caption').getByText('One week before').waitFor();
  const card = workspace.message('Ready? Web shop 2.4.0 · 1 of 6 voted');
  await card.waitFor();
  await page.getByTestId('show-stop').click();
  await page.getByTestId('show').waitFor({ state: 'detached' });
  expect((await readShow(url)).state).toBe('stopped');
  // As Quinn, as whom it was watched.
  await card.getByText('🟥').waitFor();
  await card.getByRole('button', { name: 'Go', exact: true }).click();
  await card.getByText('🟩').waitFor();
}

/** Says what the page showed when something does not come. */
async function explained(workspace: WorkspacePage, play: () => Promise<void>): Promise<void> {
  try {
    await play();
  } catch (error) {
    throw new Error(`The page shows:\n${await workspace.outline()}`, { cause: error });
  }
}

it('begins by itself when it is asked for before there is a release', async () => {
  await using sandbox = await SandboxProcess.start({ page: true });
  await using workspace = await WorkspacePage.open(sandbox.url);
  const { page } = workspace;
  await page.getByTestId('watch').click();
  await page.getByTestId('welcome').getByText('The show begins in a moment.').waitFor();
  // Who thinks better of it is not surprised by it.
  await page.getByTestId('try-it').click();
  await page.getByTestId('welcome').waitFor({ state: 'detached' });
  expect((await readShow(sandbox.url)).state).toBe('starting');

  expect((await changeShow(sandbox.url, 'play')).state).toBe('waiting');
  const control = createControlClient(sandbox.url);
  await importPlan(control, await loadExamplePlan((await control.clock()).nowMs));
  await page.getByTestId('show-caption').getByText('1/13 Planned').waitFor();
  expect((await changeShow(sandbox.url, 'stop')).state).toBe('stopped');
  // Whoever took over has the clock to themselves.
  expect((await control.bot()).state).toBe('running');
});

it('can not be played once the release is too far on', async () => {
  await using sandbox = await SandboxProcess.start();
  const control = createControlClient(sandbox.url);
  const example = await loadExamplePlan((await control.clock()).nowMs);
  await importPlan(control, example);
  // The show reads off the first post for which day the release is planned.
  await eventually(async () => expect(await control.messages('C0RELEASE')).not.toEqual([]));
  await control.jump(`${String(example.plan.goLive.date)}T00:00:00Z`);
  expect((await readShow(sandbox.url)).state).toBe('late');
  const refused = await post(sandbox.url, 'play');
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
