import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '../../../sandbox/control-api.ts';
import type { ControlClient } from '../../../sandbox/control-client.ts';
import { waitForAnswer } from '../../../sandbox/story/answers.ts';
import { headlineOf } from '../../../sandbox/story/plain-text.ts';
import { Side } from '../../../sandbox/story/side.ts';
import { unsettledDeliveries, withDatabase } from './check-records.ts';
import { findLostMessage, type LostMessage } from './find-lost-message.ts';
import type { SandboxProcess } from './sandbox-process.ts';

/** A question to the release manager whether a message arrived. */
const question = /: did a message to .+ arrive\?$/;
/** What she reads when she has not been asked, when that was lost as well, and of a plan that took longer than Teams waits. */
const answered = /^(Schedule of |What you asked for may not have arrived\.|\S+ is planned$)/;
const manager = 'rita';
/** How long a message may be unknown before she looks for it where she was not asked, rounds. */
const patienceRounds = 20;

/** What Rita does about messages of which nobody knows whether they arrived: she looks, and says what she saw. */
export class UnknownSettler {
  /** Deliveries that she was asked about, or found. */
  readonly shown = new Set<string>();
  /** What she saw when she looked, by delivery and attempt: a click that is not answered may have been taken. */
  readonly #seen = new Map<string, LostMessage | null>();
  /** Questions that she has answered; what was sent again may be lost sight of again, and asked about anew. */
  readonly #answered = new Set<string>();
  /** Live cards that had arrived and can't be kept up to date, since nobody knows their id. */
  readonly #lostCards = new Set<string>();
  readonly #sandbox: SandboxProcess;
  readonly #control: ControlClient;
  /** For how many rounds messages have been unknown. */
  readonly #unknownFor = new Map<string, number>();
  #stopped = false;
  #running: Promise<void> | null = null;

  constructor(sandbox: SandboxProcess, control: ControlClient) {
    this.#sandbox = sandbox;
    this.#control = control;
  }

  start(): void {
    this.#running = this.#run();
    // Whoever stops it hears of it, and whoever waits for her in vain reads why.
    this.#running.catch((error: unknown) => {
      if (!this.#stopped) console.error('The release manager settles no more messages:', error);
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  /** Whether a message is a question to her, an answer to hers, or a card that was replaced by a newer one. */
  isBesides = (message: Message): boolean => {
    const headline = headlineOf(message);
    const isHers = question.test(headline) || answered.test(headline);
    return isHers || this.#lostCards.has(`${message.channel} ${message.ts}`);
  };

  async #run(): Promise<void> {
    const side = await Side.open(this.#control);
    for (let failed = 0; !this.#stopped; await pause(300)) {
      try {
        await this.#answerQuestions(side);
        await this.#lookForOthers(side);
        failed = 0;
      } catch (error) {
        // The database is restarted with a bot that was killed; and a button may be gone by the time she presses it.
        failed += 1;
        if (failed > patienceRounds * 10) throw error;
      }
    }
  }

  async #answerQuestions(side: Side): Promise<void> {
    // Of a question that may not have reached her, there is one in the channel as well.
    const read = await Promise.all([side.directPosts(manager), side.posts('#release-deployment')]);
    for (const asked of read.flat().filter((post) => question.test(headlineOf(post)))) {
      const [id] = deliveriesOn(asked);
      const name = `${asked.channel} ${asked.ts}`;
      if (id && !this.#answered.has(name) && (await this.#settle(side, asked, id))) this.#answered.add(name);
    }
  }

  /** What she was not asked about, since the question was lost as well: she finds it in the schedule. */
  async #lookForOthers(side: Side): Promise<void> {
    const unknown = await unsettledDeliveries(this.#sandbox);
    for (const id of this.#unknownFor.keys()) if (!unknown.includes(id)) this.#unknownFor.delete(id);
    for (const id of unknown) this.#unknownFor.set(id, (this.#unknownFor.get(id) ?? 0) + 1);
    if (![...this.#unknownFor.values()].some((rounds) => rounds > patienceRounds)) return;
    const person = side.person(manager).id;
    const typed = {
      person,
      channel: await this.#control.direct(person),
      command: '/release',
      text: 'schedule',
    };
    const answer = await waitForAnswer(this.#control, await this.#control.command(typed));
    for (const id of answer ? deliveriesOn(answer) : []) {
      console.log(`the release manager found ${id} in the schedule`);
      if (answer) await this.#settle(side, answer, id);
      this.#unknownFor.delete(id);
    }
  }

  async #settle(side: Side, asked: Message, deliveryId: string): Promise<boolean> {
    this.shown.add(deliveryId);
    const lost = await this.#look(side, deliveryId);
    if (lost === 'settled') return true;
    if (lost?.isCard) this.#lostCards.add(`${lost.message.channel} ${lost.message.ts}`);
    const { status } = await this.#control.click({
      person: side.person(manager).id,
      on: { channel: asked.channel, ts: asked.ts },
      // The value of the button that says that it arrived, or has it sent again.
      actionId: JSON.stringify({ deliveryId, arrived: lost !== null }),
    });
    return status === 'acknowledged';
  }

  /** Once for each attempt: what was posted anew since is not the message that was lost. */
  async #look(side: Side, deliveryId: string): Promise<LostMessage | null | 'settled'> {
    const [delivery] = await withDatabase(this.#sandbox, async (client) => {
      const query = 'select state, attempts from deliveries where id = $1';
      return (await client.query<{ state: string; attempts: number }>(query, [deliveryId])).rows;
    });
    if (delivery?.state !== 'unknown') return 'settled';
    const attempt = `${deliveryId} ${delivery.attempts}`;
    const seen = this.#seen.get(attempt);
    if (seen !== undefined) return seen;
    const taken = [...this.#seen.values()].flatMap((one) => one?.message ?? []);
    const found = await findLostMessage(this.#sandbox, side, { deliveryId, taken });
    this.#seen.set(attempt, found);
    return found;
  }
}

/** The deliveries that a message has buttons for, each once. */
function deliveriesOn({ attachments }: Message): string[] {
  const found = JSON.stringify(attachments ?? []).matchAll(/"deliveryId\\*":\\*"([0-9a-f-]{36})/g);
  return [...new Set([...found].flatMap(([, id]) => id ?? []))];
}
