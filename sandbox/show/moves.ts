import { setTimeout as pause } from 'node:timers/promises';
import type { Plan } from '../../src/core/plan/plan.ts';
import type { RoleName } from '../../src/core/plan/roles.ts';
import { deriveSchedule } from '../../src/core/schedule/derive-schedule.ts';
import { hasAction, hasVerb, type Message } from '../control-api.ts';
import { RefusedRequestError, wasTaken } from '../control-client.ts';
import { clickButton, closeModals, giveReason } from '../story/hands.ts';
import type { Stage } from '../story/stage.ts';
import { StoryError } from '../story/stage.ts';

const releaseChannel = '#release-deployment';

/**
 * Real milliseconds: how long a window stays open before its reason is sent; between two votes; until a promotion
 * that was not refused shows.
 */
const waits = { window: 1_800, vote: 250, promotion: 3_000 };

/**
 * What people do in the show. A move is over when its effect is there; effects are read off buttons and
 * traffic rather than off words, which every organisation may change.
 */
export class Moves {
  readonly stage: Stage;
  readonly plan: Plan;

  constructor(stage: Stage, plan: Plan) {
    this.stage = stage;
    this.plan = plan;
  }

  /** The newest post of the bot in a channel. */
  async newest(channel: string): Promise<Message | undefined> {
    return (await this.news(channel)).at(-1);
  }

  /** What the bot posted in a channel itself: whoever watches does not see what is in threads. */
  async news(channel: string): Promise<Message[]> {
    return (await this.stage.posts(channel)).filter(
      ({ ts, threadTs }) => threadTs === undefined || threadTs === ts,
    );
  }

  /** Moves the clock to an item of the schedule and waits for a new post in a channel. */
  async jumpTo(instant: number, channel: string): Promise<Message> {
    const before = (await this.news(channel)).length;
    await this.stage.moveTo(instant);
    return this.seeMore(channel, before);
  }

  /** Waits for more than `before` posts in a channel, and answers the newest. */
  seeMore(channel: string, before: number): Promise<Message> {
    return this.stage.see(`a new message in ${channel}`, async () => {
      const posts = await this.news(channel);
      return posts.length > before ? posts.at(-1) : undefined;
    });
  }

  /** The newest message in a place that has a button; `#channel`, or `@handle` for direct messages. */
  seeButton(place: string, actionId: string): Promise<Message> {
    return this.stage.see(`a message with the button ${actionId} in ${place}`, () =>
      this.#findButton(place, actionId),
    );
  }

  async #findButton(place: string, actionId: string): Promise<Message | undefined> {
    const posts = place.startsWith('@')
      ? await this.stage.directPosts(place.slice(1))
      : await this.stage.posts(place);
    return posts.findLast((message) => offers(message, actionId));
  }

  /** Clicks until the bot has taken it. */
  async click(handle: string, actionId: string, message: Message): Promise<void> {
    await this.stage.see(`${actionId} by ${handle} being taken`, async () =>
      wasTaken(await clickButton(this.stage, handle, actionId, message)),
    );
  }

  /** Who votes, by their handles, each once. */
  voters(): string[] {
    return [...new Set(this.plan.goNoGo.roles.map((role) => this.#holder(role)))];
  }

  /** Everybody asked votes go on a card, but those in `except`. */
  async voteGo(card: Message, except: string[] = []): Promise<void> {
    for (const handle of this.voters().filter((voter) => !except.includes(voter))) {
      await this.click(handle, 'vote-go', card);
      await pause(waits.vote);
    }
  }

  async voteNoGo(handle: string, card: Message, reason: string): Promise<void> {
    await this.stage.see(`the no-go of ${handle} being taken`, () =>
      giveReason(this.stage, { handle, reason }, async () => {
        const asked = await clickButton(this.stage, handle, 'vote-no-go', card);
        await pause(waits.window);
        return asked;
      }),
    );
  }

  /** The release manager closes the poll; answers the announcement of what came of it. */
  async closePoll(card: Message): Promise<Message> {
    const before = (await this.news(releaseChannel)).length;
    await this.click('rita', 'close-poll', card);
    return this.seeMore(releaseChannel, before);
  }

  /**
   * Promotes by the newest message's button until the target has `percent` of its traffic on the new version. Answers
   * the live card: the button may have been on a message that is out of date by then.
   */
  async promote(handle: string, percent: number): Promise<Message> {
    const arrived = async () => (await this.stage.control.demo()).weight === percent;
    await this.seeButton(releaseChannel, 'promote');
    await this.stage.perform(handle, `promotes to ${percent} %`, {
      // A gate that has too few requests to judge takes the button away, and gives it back a moment later.
      attempt: async () => {
        const newest = await this.#findButton(releaseChannel, 'promote');
        return (
          newest !== undefined && (await this.#press(handle, newest)) && waitFor(arrived, waits.promotion)
        );
      },
      effect: arrived,
    });
    return this.seeButton(releaseChannel, 'roll-back');
  }

  /** Presses *Promote*; false when the card was edited meanwhile and has it no more. */
  async #press(handle: string, message: Message): Promise<boolean> {
    try {
      await clickButton(this.stage, handle, 'promote', message);
      return true;
    } catch (error) {
      if (error instanceof RefusedRequestError) return false;
      throw error;
    }
  }

  /** Types the rollback with what was seen, and confirms it; answers when all traffic is back. */
  async rollBack(handle: string, reason: string): Promise<void> {
    const text = `${this.plan.release} ${reason}`;
    await this.stage.perform(handle, `/rollback ${text}`, {
      attempt: () =>
        giveReason(this.stage, { handle, reason }, async () => {
          const asked = await this.stage.type(handle, '/rollback', text);
          await pause(waits.window);
          return asked;
        }),
      effect: async () => (await this.stage.control.demo()).weight === 0,
    });
    await closeModals(this.stage.control, this.stage.person(handle).id);
  }

  /** When a poll of the schedule opens, epoch ms. */
  pollOpensAt(kind: 'readiness' | 'decision'): number {
    for (const item of deriveSchedule(this.plan)) {
      if (item.kind === 'poll' && item.poll.kind === kind) return item.dueAt;
    }
    throw new StoryError(`The plan has no ${kind} poll.`);
  }

  #holder(role: RoleName): string {
    return this.plan.roles[role]?.email.split('@')[0] ?? '';
  }
}

/** Whether a message has a button of this action, on either platform. */
export function offers(message: Message, actionId: string): boolean {
  return hasAction(message, actionId) || hasVerb(message, actionId);
}

/** Whether something holds within a time, real milliseconds. */
async function waitFor(holds: () => Promise<boolean>, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (Date.now() < deadline) {
    if (await holds()) return true;
    await pause(100);
  }
  return holds();
}
