import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '../../../sandbox/control-api.ts';
import type { ControlClient } from '../../../sandbox/control-client.ts';
import { headlineOf, wordsOf } from '../../../sandbox/story/plain-text.ts';
import { Side } from '../../../sandbox/story/side.ts';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { withDatabase } from './check-records.ts';
import type { SandboxProcess } from './sandbox-process.ts';

/** A question to the release manager whether a message arrived. */
const question = /: did a message to .+ arrive\?$/;
const manager = 'rita';

/** What Rita does about messages of which nobody knows whether they arrived: she looks, and says what she saw. */
export class UnknownSettler {
  /** Deliveries that she was asked about, and settled. */
  readonly settled = new Set<string>();
  /** Questions that she has answered; what was sent again may be lost sight of again, and asked about anew. */
  readonly #answered = new Set<string>();
  /** Live cards that had arrived and can't be kept up to date, since nobody knows their id. */
  readonly #lostCards = new Set<string>();
  readonly #sandbox: SandboxProcess;
  readonly #control: ControlClient;
  #stopped = false;
  #running: Promise<void> | null = null;

  constructor(sandbox: SandboxProcess, control: ControlClient) {
    this.#sandbox = sandbox;
    this.#control = control;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  /** Whether a message is a question to her, or a card that was replaced by a newer one. */
  isBesides = (message: Message): boolean => {
    return question.test(headlineOf(message)) || this.#lostCards.has(`${message.channel} ${message.ts}`);
  };

  async #run(): Promise<void> {
    const side = await Side.open(this.#control);
    for (; !this.#stopped; await pause(300)) {
      // Of a question that may not have reached her, there is one in the channel as well.
      const read = await Promise.all([side.directPosts(manager), side.posts('#release-deployment')]);
      for (const asked of read.flat().filter((post) => question.test(headlineOf(post)))) {
        const id = /"deliveryId\\*":\\*"([0-9a-f-]{36})/.exec(JSON.stringify(asked.attachments))?.[1];
        if (id && !this.#answered.has(`${asked.channel} ${asked.ts}`)) await this.#settle(side, asked, id);
      }
    }
  }

  async #settle(side: Side, asked: Message, deliveryId: string): Promise<void> {
    const lost = await this.#find(side, deliveryId);
    const { status } = await this.#control.click({
      person: side.person(manager).id,
      on: { channel: asked.channel, ts: asked.ts },
      actionId: 'settle-delivery',
      // The first says that it arrived, the second has it sent again.
      blockId: lost ? '0' : '1',
    });
    if (status !== 'acknowledged') return;
    this.#answered.add(`${asked.channel} ${asked.ts}`);
    this.settled.add(deliveryId);
    if (lost?.isCard) this.#lostCards.add(`${lost.message.channel} ${lost.message.ts}`);
  }

  /** The message of a delivery in the place where it was to go: one that no other delivery claims. */
  async #find(side: Side, deliveryId: string): Promise<{ message: Message; isCard: boolean } | null> {
    const { row, claimed } = await withDatabase(this.#sandbox, async (client) => {
      const { rows } = await client.query<{ destination: string; words: string | null }>(
        `select destination, content #>> '{}' as words from deliveries where id = $1`,
        [deliveryId],
      );
      const known = await client.query<{ message_id: string }>(
        `select message_id from deliveries where message_id is not null
         union select message_id from cards where message_id is not null`,
      );
      return { row: rows[0], claimed: new Set(known.rows.map(({ message_id }) => message_id)) };
    });
    if (!row) throw new Error(`There is no delivery ${deliveryId}.`);
    const { kind, id } = decodeDestination(row.destination);
    const channel = kind === 'channel' ? id : await this.#control.direct(id);
    const isCard = row.words === null;
    const message = (await side.postsIn(channel)).find(
      (post) =>
        !claimed.has(post.ts) &&
        !question.test(headlineOf(post)) &&
        !this.#lostCards.has(`${post.channel} ${post.ts}`) &&
        wordsOf(post) !== '' &&
        (isCard || row.words?.includes(firstWords(post))),
    );
    return message ? { message, isCard } : null;
  }
}

/** As they stand in the delivery's JSON too. */
function firstWords(post: Message): string {
  return JSON.stringify(headlineOf(post)).slice(1, 40);
}
