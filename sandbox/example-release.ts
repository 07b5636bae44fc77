import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { parseDocument, stringify } from 'yaml';
import { describeInstant } from '../src/core/calendar/describe-instant.ts';
import { localDate, suitableGoLiveDate } from '../src/core/calendar/working-days.ts';
import type { Plan } from '../src/core/plan/plan.ts';
import { parsePlan } from '../src/core/plan-file/parse-plan.ts';
import { goLiveInstant } from '../src/core/schedule/resolve-schedule-time.ts';
import { findPackageFolder } from '../src/lib/package-folder.ts';
import type { Message } from './control-api.ts';
import { type ChatPlatform, type ControlClient, wasTaken } from './control-client.ts';
import { waitForAnswer } from './story/answers.ts';
import { fillForm } from './story/hands.ts';
import { headlineOf, wordsOf } from './story/plain-text.ts';
import { Side } from './story/side.ts';

/** The example goes live so many days after it is planned at least: the whole schedule, T-14 first, is still ahead. */
const daysAhead = 15;

/** With a pause between two, a bot that was killed meanwhile is back long before. */
const maxTries = 20;

/** The one of the local Teams. */
const team = 'Web Platform';

const releaseManager = 'rita';
const releaseChannel = '#release-deployment';
const onlooker = { handle: 'tom', channel: '#general' };

export interface ExamplePlan {
  /** As a person would paste it. */
  yaml: string;
  plan: Plan;
}

/**
 * The example plan with its go-live fifteen days after `now` (epoch ms), or some days later, so that neither go-live
 * nor the decision the day before is on a weekend.
 */
export async function loadExamplePlan(now: number): Promise<ExamplePlan> {
  const text = await readFile(path.join(findPackageFolder('examples'), 'web-2.4.0.yaml'), 'utf8');
  const document = parseDocument(text);
  const zone = String(document.getIn(['goLive', 'zone']));
  const today = Temporal.PlainDate.from(localDate(now, zone));
  const soonest = today.add({ days: daysAhead }).toString();
  document.setIn(['goLive', 'date'], suitableGoLiveDate(soonest));
  return readBack(document.toString(), now);
}

/**
 * The same plan, whose audiences are each told in Slack and in a team's channel of the same name; without its comments,
 * since a form of Slack takes 3,000 characters.
 */
export function onBothPlatforms({ yaml, plan }: ExamplePlan, now: number): ExamplePlan {
  const channels = Object.entries(plan.channels).map(([audience, addresses = []]) => {
    const inTeams = addresses.map((address) => `teams:${team}/${address.replace('#', '')}`);
    return [audience, [...addresses, ...inTeams]];
  });
  const written = { ...(parseDocument(yaml).toJS() as object), channels: Object.fromEntries(channels) };
  return readBack(stringify(written), now);
}

function readBack(yaml: string, now: number): ExamplePlan {
  const read = parsePlan(yaml, { now });
  if (!read.ok)
    throw new Error(`examples/web-2.4.0.yaml: ${read.problems[0]?.path} ${read.problems[0]?.message}`);
  return { yaml, plan: read.plan };
}

/** Plans the example release as its release manager would, unless it is there already. */
export async function planExampleRelease(
  control: ControlClient,
  { platforms, say }: { platforms: readonly ChatPlatform[]; say: (line: string) => void },
): Promise<void> {
  if (await isPlanned(await Side.open(control), 'web-2.4.0')) {
    say('Going on with web-2.4.0, as it was.');
    return;
  }
  const { nowMs } = await control.clock();
  const simple = await loadExamplePlan(nowMs);
  const example = platforms.length > 1 ? onBothPlatforms(simple, nowMs) : simple;
  await importPlan(control, example);
  const goLive = describeInstant(goLiveInstant(example.plan), example.plan.goLive.zone);
  say(`Planned the example release web-2.4.0. It goes live on ${goLive}.`);
}

/**
 * Pastes a plan into the form of `/release import`, again until it is taken, as someone does whose form
 * went unanswered. Throws with the form's answer when it is refused.
 */
export async function importPlan(control: ControlClient, { yaml, plan }: ExamplePlan): Promise<void> {
  const side = await Side.open(control);
  for (let tries = 0; tries < maxTries; tries += 1) {
    const problem = await tryImport(side, yaml);
    if (await isPlanned(side, plan.release)) return;
    if (problem) throw new Error(`${plan.release} was not planned: ${problem}`);
  }
  throw new Error(`/release import of ${plan.release} was never taken. Look at the bot's log.`);
}

/** Answers what the form says against the plan; undefined when it says nothing, or nothing came back. */
async function tryImport(side: Side, yaml: string): Promise<string | undefined> {
  const person = side.person(releaseManager).id;
  const asked = { person, channel: side.channelId(releaseChannel), command: '/release', text: 'import' };
  const answer = await fillForm(side.control, { person, field: 'plan', text: yaml }, () =>
    side.control.command(asked),
  );
  return Object.values(answer?.errors ?? {})[0];
}

/**
 * Whether there is such a release, asked where a newcomer does not begin. The list has those that have not
 * ended; one that has ended was told of in its channel, so that only then it is asked for by its name.
 */
async function isPlanned(side: Side, release: string): Promise<boolean> {
  if (wordsOf(await ask(side, 'list')).includes(`(${release}): `)) return true;
  const told = await side.posts(releaseChannel);
  if (!told.some((message) => headlineOf(message).startsWith(`${release} `))) return false;
  return !headlineOf(await ask(side, `show ${release}`)).startsWith('There is no release');
}

/** What the bot answers in a channel where nothing happens; asked again until it answers in time. */
async function ask(side: Side, text: string): Promise<Message> {
  const { handle, channel } = onlooker;
  const asked = {
    person: side.person(handle).id,
    channel: side.channelId(channel),
    command: '/release',
    text,
  };
  for (;;) {
    const answer = await side.control.command(asked);
    const message = wasTaken(answer) ? await waitForAnswer(side.control, answer) : undefined;
    if (message) return message;
    await pause(200);
  }
}
