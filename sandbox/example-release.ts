import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { parseDocument } from 'yaml';
import { describeInstant } from '../src/core/calendar/describe-instant.ts';
import { localDate, suitableGoLiveDate } from '../src/core/calendar/working-days.ts';
import type { Plan } from '../src/core/plan/plan.ts';
import { parsePlan } from '../src/core/plan-file/parse-plan.ts';
import { goLiveInstant } from '../src/core/schedule/resolve-schedule-time.ts';
import { findPackageFolder } from '../src/lib/package-folder.ts';
import type { Message } from './control-api.ts';
import { type ControlClient, createControlClient, wasTaken } from './control-client.ts';
import { closeModals } from './story/hands.ts';
import { blocksToText } from './story/plain-text.ts';

/** The example goes live so many days after it is planned at least: the whole schedule, T-14 first, is still ahead. */
const daysAhead = 15;

/** With a pause between two, a bot that was killed meanwhile is back long before. */
const maxTries = 20;

const releaseManager = 'U0RITA';
const releaseChannel = 'C0RELEASE';
const onlooker = { person: 'U0TOM', channel: 'C0GENERAL' };

export interface ExamplePlan {
  /** As a person would paste it. */
  yaml: string;
  plan: Plan;
}

/**
 * The example plan with its go-live fifteen days after `now` (epoch ms), or some days later, so that neither go-live
 * nor the decision the day before is at a weekend.
 */
export async function loadExamplePlan(now: number): Promise<ExamplePlan> {
  const text = await readFile(path.join(findPackageFolder('examples'), 'web-2.4.0.yaml'), 'utf8');
  const document = parseDocument(text);
  const zone = String(document.getIn(['goLive', 'zone']));
  const today = Temporal.PlainDate.from(localDate(now, zone));
  const soonest = today.add({ days: daysAhead }).toString();
  document.setIn(['goLive', 'date'], suitableGoLiveDate(soonest));
  const yaml = document.toString();
  const read = parsePlan(yaml, { now });
  if (!read.ok)
    throw new Error(`examples/web-2.4.0.yaml: ${read.problems[0]?.path} ${read.problems[0]?.message}`);
  return { yaml, plan: read.plan };
}

/** Plans the example release as its release manager would, unless it is there already. */
export async function planExampleRelease(url: string, say: (line: string) => void): Promise<void> {
  const control = createControlClient(url);
  if (await isPlanned(control, 'web-2.4.0')) {
    say('Going on with web-2.4.0, as it was.');
    return;
  }
  const { nowMs } = await control.clock();
  const example = await loadExamplePlan(nowMs);
  await importPlan(control, example);
  const goLive = describeInstant(goLiveInstant(example.plan), example.plan.goLive.zone);
  say(`Planned the example release web-2.4.0. It goes live on ${goLive}.`);
}

/**
 * Pastes a plan into the form of `/release import`, again until it is taken, as someone does whose form
 * went unanswered. Throws with the form's answer when it is refused.
 */
export async function importPlan(control: ControlClient, { yaml, plan }: ExamplePlan): Promise<void> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const problem = await tryImport(control, yaml);
    if (await isPlanned(control, plan.release)) return;
    if (problem) throw new Error(`${plan.release} was not planned: ${problem}`);
  }
  throw new Error(`/release import of ${plan.release} was never taken. Look at the bot's log.`);
}

/** Answers what the form says against the plan; undefined when it says nothing, or nothing came back. */
async function tryImport(control: ControlClient, yaml: string): Promise<string | undefined> {
  const action = { person: releaseManager, channel: releaseChannel, command: '/release', text: 'import' };
  await control.command(action);
  const viewId = (await control.views(releaseManager)).at(-1)?.id;
  if (!viewId) return undefined;
  const values = { plan: { text: yaml } };
  const answer = await control.submit({ person: releaseManager, viewId, values });
  // The form tells that it is planned; whoever comes next should not find it open.
  await closeModals(control, releaseManager);
  return Object.values(answer.errors ?? {})[0];
}

/**
 * Whether there is such a release, asked where a newcomer does not begin. The list has those that have not
 * ended; one that has ended was told of in its channel, so that only then it is asked for by its name.
 */
async function isPlanned(control: ControlClient, release: string): Promise<boolean> {
  const list = await ask(control, 'list');
  if (blocksToText(list?.blocks ?? []).includes(`(${release}): `)) return true;
  const told = await control.messages(releaseChannel);
  if (!told.some(({ text, onlyFor }) => !onlyFor && text.startsWith(`${release} `))) return false;
  const shown = await ask(control, `show ${release}`);
  return !(shown?.text ?? '').startsWith('There is no release');
}

/** What the bot answers in a channel where nothing happens; asked again until it answers in time. */
async function ask(control: ControlClient, text: string): Promise<Message | undefined> {
  for (;;) {
    const answer = await control.command({ ...onlooker, command: '/release', text });
    if (wasTaken(answer)) return answer.message;
    await pause(200);
  }
}
