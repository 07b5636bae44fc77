import { describeInstant } from '../../src/core/calendar/describe-instant.ts';
import { durationMs } from '../../src/core/calendar/duration.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import type { ScheduleEvent } from '../../src/core/schedule/default-communication.ts';
import { deriveSchedule, type ScheduleItem } from '../../src/core/schedule/derive-schedule.ts';
import { goLiveInstant } from '../../src/core/schedule/resolve-schedule-time.ts';
import type { TemplateSet } from '../../src/core/template/load-template.ts';
import { wasTaken } from '../control-client.ts';
import { type BeyondPlan, Expectations, plannedText, type Standing } from './expectations.ts';
import { giveReason } from './hands.ts';
import { headlineOf, wordsOf } from './plain-text.ts';
import { type PollKind, PollScene } from './poll-scene.ts';
import { type Stage, StoryError } from './stage.ts';

export interface StoryOptions {
  stage: Stage;
  plan: Plan;
  templates: TemplateSet;
  /** `rollback`: at 100 % the version turns bad and is rolled back. `success`: it stays. */
  ending: 'rollback' | 'success';
  /** Whether private refusals of clicks are looked for; a bot that is killed meanwhile may owe one. */
  checkPrivateAnswers?: boolean;
  /** What is there beyond the plan because messages were lost sight of; nothing, unless the bot is killed. */
  beyondPlan?: BeyondPlan;
}

const releaseChannel = '#release-deployment';
/** The live card of the rollout with every gate green. */
const greenGates = /^(?=.*🟢)(?!.*[🔴⚪])/su;
const rollbackReason = 'A third of the checkouts fail with status 500';

/** What happens at an instant (epoch ms) of the plan. */
interface Beat {
  at: number;
  happens: () => Promise<void>;
}

/**
 * One release from T-14 to T+7, played by people through the control interface. Throws a `StoryError`
 * as soon as anything differs from the plan, and at the end when any channel has more or less than it should.
 */
export class Story {
  readonly #options: StoryOptions;
  readonly #stage: Stage;
  readonly #plan: Plan;
  readonly #expected = new Expectations();
  readonly #polls: PollScene;
  readonly #standing: Standing = { state: 'in_planning', trafficPercent: null };

  constructor(options: StoryOptions) {
    this.#options = options;
    this.#stage = options.stage;
    this.#plan = options.plan;
    this.#polls = new PollScene({
      stage: options.stage,
      plan: options.plan,
      expected: this.#expected,
      channel: releaseChannel,
      checkPrivateAnswers: options.checkPrivateAnswers ?? true,
    });
  }

  async play(): Promise<void> {
    await this.#seePlanned();
    const goLiveAt = goLiveInstant(this.#plan);
    const beats = this.#beats();
    for (const beat of beats.filter(({ at }) => at <= goLiveAt)) await this.#comeTo(beat);
    await this.#rollOut();
    if (this.#options.ending === 'rollback') await this.#rollBack();
    for (const beat of beats.filter(({ at }) => at > goLiveAt)) await this.#comeTo(beat);
    await this.#seeTheEnd();
    await this.check();
  }

  /** Throws when any channel, or anybody's direct messages, has more, less or other than planned so far. */
  async check(): Promise<void> {
    await this.#expected.check(this.#stage, this.#options.beyondPlan);
  }

  async #seePlanned(): Promise<void> {
    const goLive = describeInstant(goLiveInstant(this.#plan), this.#plan.goLive.zone);
    await this.#expectPost(releaseChannel, `${this.#plan.release} is planned for ${goLive}`);
  }

  /** Every instant of the plan, in order. */
  #beats(): Beat[] {
    const beats = deriveSchedule(this.#plan).flatMap((item): Beat[] => {
      if (item.dueAt === null) return [];
      const opening: Beat = { at: item.dueAt, happens: () => this.#carryOut(item) };
      if (item.kind !== 'poll') return [opening];
      const { kind, closesAt } = item.poll;
      return [opening, { at: closesAt, happens: () => this.#closePoll(kind) }];
    });
    return beats.sort((a, b) => a.at - b.at);
  }

  async #comeTo({ at, happens }: Beat): Promise<void> {
    await this.#stage.moveTo(at);
    await happens();
  }

  async #carryOut(item: ScheduleItem & { dueAt: number }): Promise<void> {
    if (item.kind === 'poll') return this.#polls.hold(item.poll.kind, item.dueAt);
    if (item.kind === 'live-card') return this.#expectPosts(item, new RegExp(`^${this.#plan.release}: `));
    const text = plannedText(this.#options, item, { ...this.#standing, now: item.dueAt });
    if (text !== null) await this.#expectPosts(item, text);
  }

  async #expectPosts({ addresses }: ScheduleItem, text: string | RegExp): Promise<void> {
    for (const channel of new Set(addresses.map(channelOf))) await this.#expectPost(channel, text);
  }

  async #expectPost(channel: string, text: string | RegExp): Promise<void> {
    this.#expected.add(channel, text);
    await this.#stage.seePost(channel, text);
  }

  async #closePoll(kind: PollKind): Promise<void> {
    const outcome = kind === 'decision' ? 'GO' : 'readiness check passed';
    await this.#expectPost(releaseChannel, `${this.#plan.release}: ${outcome}`);
    if (kind === 'decision') this.#standing.state = 'approved';
  }

  async #rollOut(): Promise<void> {
    await this.#refused('ines', `/promote ${this.#plan.release}`, /You can't promote/);
    const { phases } = this.#plan.rollout;
    for (const [index, phase] of phases.entries()) {
      if (index > 0) await this.#soak(phases[index - 1]?.soak ?? 'PT0S', phase.trafficPercent);
      if (phase.trafficPercent === 100) await this.#meetBadVersion();
      await this.#promote(phase.trafficPercent);
      if (index === 0) await this.#seeTold('rollout-started');
    }
    await this.#seeTold('rollout-completed');
  }

  /** What the plan has for an event that has just happened, in each channel that it is for. */
  async #seeTold(event: ScheduleEvent): Promise<void> {
    for (const item of deriveSchedule(this.#plan)) {
      if (item.kind !== 'event' || item.event !== event) continue;
      const text = plannedText(this.#options, item, { ...this.#standing, now: await this.#now() });
      if (text === null) throw new StoryError(`${item.title} says nothing.`);
      await this.#expectPosts(item, text);
    }
  }

  async #promote(trafficPercent: number): Promise<void> {
    const told = `${this.#plan.release}: ${promotedTo(trafficPercent, this.#plan)}`;
    await this.#stage.perform('dana', `/promote ${this.#plan.release} --yes`, {
      attempt: async () => {
        const result = await this.#stage.type('dana', '/promote', `${this.#plan.release} --yes`);
        return (
          wasTaken(result) && /has started|under way/.test(result.message ? wordsOf(result.message) : '')
        );
      },
      effect: () => this.#posted(told),
    });
    this.#standing.state = 'in_progress';
    this.#standing.trafficPercent = trafficPercent;
    await this.#expectPost(releaseChannel, told);
    const { weight: real } = await this.#stage.control.demo();
    if (real !== trafficPercent)
      throw new StoryError(`The target has ${real} %, ${trafficPercent} % was told.`);
  }

  async #soak(soak: string, next: number): Promise<void> {
    await this.#refused('dana', `/promote ${this.#plan.release}`, /can't be promoted now/);
    await this.#stage.moveTo((await this.#now()) + durationMs(soak));
    // With the verdict, as soon as there is one.
    await this.#expectPost(
      releaseChannel,
      `${this.#plan.release}: the soak at ${this.#standing.trafficPercent} % is over. Ready for ${next} %`,
    );
    await this.#seeRolloutCard(`green gates before ${next} %`, greenGates);
  }

  /** The new version turns bad: the channel is told, and the gate refuses. Then it is mended. */
  async #meetBadVersion(): Promise<void> {
    await this.#turnBad();
    await this.#seeRolloutCard('a red gate', /🔴 Error rate/u);
    await this.#refused('dana', `/promote ${this.#plan.release}`, /can't be promoted now/);
    await this.#stage.control.changeDemo({ faulty: false });
    await this.#seeRolloutCard('green gates again', greenGates);
  }

  async #turnBad(): Promise<void> {
    await this.#stage.control.changeDemo({ faulty: true });
    const failing = ` at ${this.#standing.trafficPercent} %: FAILING\\. Error rate .+, must be below`;
    await this.#expectPost(releaseChannel, new RegExp(failing, 'u'));
  }

  async #rollBack(): Promise<void> {
    await this.#turnBad();
    await this.#refused('ines', `/rollback ${this.#plan.release}`, /You can't roll back/);
    const told = `${this.#plan.release}: rolled back`;
    await this.#stage.perform('emil', `/rollback ${this.#plan.release}, and confirms: ${rollbackReason}`, {
      attempt: () =>
        giveReason(this.#stage, { handle: 'emil', reason: rollbackReason }, () =>
          this.#stage.type('emil', '/rollback', this.#plan.release),
        ),
      effect: () => this.#posted(told),
    });
    Object.assign(this.#standing, {
      state: 'rolled_back',
      trafficPercent: 0,
      rolledBackReason: rollbackReason,
    });
    await this.#expectPost(releaseChannel, told);
    await this.#expectPost(releaseChannel, `After the rollback of ${this.#plan.release}: who does what`);
    await this.#seeTold('rolled-back');
    const { weight } = await this.#stage.control.demo();
    if (weight !== 0) throw new StoryError(`The target still has ${weight} %, a rollback was told.`);
  }

  async #seeTheEnd(): Promise<void> {
    const end = this.#options.ending === 'rollback' ? 'rolled back' : 'completed';
    await this.#stage.see(`the release ${end}`, async () => {
      const { message } = await this.#stage.type('rita', '/release', `show ${this.#plan.release}`);
      return message && headlineOf(message).endsWith(`is ${end}`);
    });
    await this.#stage.writeDown();
  }

  async #refused(handle: string, line: string, told: RegExp): Promise<void> {
    const [command = '', ...words] = line.split(' ');
    const { message } = await this.#stage.command(handle, command, words.join(' '));
    const said = message ? headlineOf(message) : 'no answer';
    if (!told.test(said)) throw new StoryError(`${handle} was not refused as expected: ${said}`);
  }

  async #posted(text: string): Promise<boolean> {
    return (await this.#stage.posts(releaseChannel)).some((message) => headlineOf(message) === text);
  }

  /** The rollout's live card on every platform: the one with a bar. */
  async #seeRolloutCard(what: string, words: RegExp): Promise<void> {
    for (const side of this.#stage.sides) {
      const read = async () => {
        const texts = (await side.posts(releaseChannel)).map(wordsOf);
        return texts.findLast((card) => /[▓░]{10}/u.test(card)) ?? '';
      };
      await this.#stage.see(`${what} (${side.control.platform})`, async () => words.test(await read()), read);
    }
  }

  async #now(): Promise<number> {
    return (await this.#stage.control.clock()).nowMs;
  }
}

/** The first step and the last are news; those between stand in the thread of the card. */
function promotedTo(trafficPercent: number, { rollout }: Plan): string {
  if (trafficPercent === 100) return 'at 100 %, live for everyone';
  const isFirst = trafficPercent === rollout.phases[0]?.trafficPercent;
  return isFirst ? `started with ${trafficPercent} %` : `promoted to ${trafficPercent} %`;
}

/** `teams:Web Platform/support` → `#support`: the channel of that name, which every platform of the story has. */
function channelOf(address: string): string {
  return address.startsWith('teams:') ? `#${address.split('/').at(-1)}` : address;
}
