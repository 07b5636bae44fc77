import { text as readText } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { createControlClient } from '../../sandbox/control-client.ts';
import { loadExamplePlan, onBothPlatforms, planExampleRelease } from '../../sandbox/example-release.ts';
import { planWarnings } from '../../src/core/plan-file/plan-warnings.ts';
import { serve } from '../support/serve.ts';

const key = 'web-2.4.0';
const paragraph = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

interface World {
  /** What `/release list` answers. */
  list: string;
  /** What `/release show` answers. */
  show: string;
  /** What was posted in the release's channel. */
  posted: string[];
}

const workspace = {
  people: [
    { id: 'U0RITA', name: 'rita' },
    { id: 'U0TOM', name: 'tom' },
  ],
  channels: [
    { id: 'C0RELEASE', name: 'release-deployment' },
    { id: 'C0GENERAL', name: 'general' },
  ],
  bot: { userId: 'UBOT' },
};

/** A workspace that answers as `world` says, in which a plan is taken as soon as its form is submitted. */
async function planIn(world: World) {
  const typed: string[] = [];
  const said: string[] = [];
  let planned = false;
  const answer = (url: string, body: Record<string, unknown>): object => {
    if (url.startsWith('/sandbox/clock')) return { nowMs: Date.UTC(2030, 0, 1), rate: 1, paused: false };
    if (url.includes('/views')) return { views: planned ? [] : [{ id: 'V1' }] };
    if (url.startsWith('/sandbox/workspace')) return workspace;
    if (url.includes('/messages'))
      return { messages: world.posted.map((text) => ({ text, user: 'UBOT', replyCount: 0 })) };
    if (url.endsWith('/actions/submit')) planned = true;
    if (!url.endsWith('/actions/command')) return { status: 'acknowledged', ackMs: 1 };
    typed.push(`${body.person} in ${body.channel}: ${body.text}`);
    const list = planned ? `${key}: in planning` : world.list;
    const words = body.text === 'list' ? list : world.show;
    return { status: 'acknowledged', ackMs: 1, message: { text: words, blocks: [paragraph(words)] } };
  };
  const url = await serve(async (request, response) => {
    const body = await readText(request);
    response.end(JSON.stringify(answer(request.url ?? '', body ? JSON.parse(body) : {})));
  });
  const say = (line: string) => said.push(line);
  await planExampleRelease(createControlClient(url), { platforms: ['slack'], say });
  return { typed, said };
}

const nothing = 'No release is under way.';
const unknown = `There is no release "${key}". See them with /release list.`;
const goesOn = [`Going on with ${key}, as it was.`];
const plans = [
  `Planned the example release ${key}. It goes live on Wed 16 Jan 2030, 10:00 (Europe/Amsterdam).`,
];
const list = 'U0TOM in C0GENERAL: list';
const show = `U0TOM in C0GENERAL: show ${key}`;
const ask = 'U0RITA in C0RELEASE: import';

it.each([
  {
    when: 'there is none',
    world: { list: nothing, show: unknown, posted: [] },
    said: plans,
    typed: [list, ask, list],
  },
  {
    when: 'another one is under way',
    world: { list: 'web-2.4.01: in planning', show: unknown, posted: ['web-2.4.01 is planned for noon'] },
    said: plans,
    typed: [list, ask, list],
  },
  {
    when: 'it is under way',
    world: { list: `${key}: in progress`, show: unknown, posted: [] },
    said: goesOn,
    typed: [list],
  },
  {
    when: 'it has ended',
    world: { list: nothing, show: `${key} is completed`, posted: [`${key} is planned for noon`] },
    said: goesOn,
    typed: [list, show],
  },
  {
    when: 'only the workspace remembers it',
    world: { list: nothing, show: unknown, posted: [`${key} is planned for noon`] },
    said: plans,
    typed: [list, show, ask, list],
  },
])('plans the example once, and asks where no newcomer looks: $when', async ({ world, said, typed }) => {
  expect(await planIn(world)).toEqual({ said, typed });
});

it('never goes live at a weekend, nor has its decision there, whenever it is planned', async () => {
  for (let day = 1; day <= 8; day += 1) {
    const now = Date.UTC(2030, 0, day, 22);
    const { plan } = await loadExamplePlan(now);
    const daysAhead = (Date.parse(plan.goLive.date) - Date.UTC(2030, 0, day)) / 86_400_000;
    expect(daysAhead).toBeGreaterThanOrEqual(15);
    expect(daysAhead).toBeLessThanOrEqual(18);
    expect(planWarnings(plan, now)).toEqual([]);
  }
});

it('fits into a form of Slack when it names the channels of both platforms', async () => {
  const now = Date.UTC(2030, 0, 1);
  const { yaml, plan } = onBothPlatforms(await loadExamplePlan(now), now);
  expect(yaml.length).toBeLessThanOrEqual(3_000);
  expect(plan.channels.support).toEqual(['#support', 'teams:Web Platform/support']);
});
