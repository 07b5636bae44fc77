import { setTimeout as pause } from 'node:timers/promises';
import { describeInstant } from '../../src/core/calendar/describe-instant.ts';
import type { ActionResult, Message, Person, Workspace } from '../control-api.ts';
import { type ControlClient, wasTaken } from '../control-client.ts';
import { blocksToText } from './plain-text.ts';
import { messagesWithReplies } from './with-replies.ts';

/** Something came out otherwise than planned. */
export class StoryError extends Error {
  override name = 'StoryError';
}

export interface StageOptions {
  control: ControlClient;
  zone: string;
  /** Takes the transcript; left out, none is made, which saves reading every channel after each step. */
  print?: (line: string) => void;
  /** How long anything may take to show, real milliseconds. */
  timeoutMs?: number;
}

/** Where a story is played: people act, the clock is moved, what is posted is written down. */
export class Stage {
  readonly control: ControlClient;
  readonly #options: StageOptions;
  readonly #printed = new Set<string>();
  #workspace: Workspace | null = null;

  constructor(options: StageOptions) {
    this.control = options.control;
    this.#options = options;
  }

  async open(): Promise<void> {
    this.#workspace = await this.control.workspace();
  }

  person(handle: string): Person {
    const found = this.#known().people.find((person) => person.name === handle);
    if (!found) throw new StoryError(`There is nobody called ${handle}.`);
    return found;
  }

  channelId(name: string): string {
    const found = this.#known().channels.find((channel) => `#${channel.name}` === name);
    if (!found) throw new StoryError(`There is no channel ${name}.`);
    return found.id;
  }

  channelNames(): string[] {
    return this.#known()
      .channels.filter((channel) => channel.kind === 'channel')
      .map((channel) => `#${channel.name}`);
  }

  /** Everybody's handle. */
  handles(): string[] {
    return this.#known().people.map((person) => person.name);
  }

  /** What the bot posted into a channel, oldest first; private answers are left out. */
  async posts(channel: string): Promise<Message[]> {
    return this.#postsIn(this.channelId(channel));
  }

  /** What the bot wrote to a person directly. */
  async directPosts(handle: string): Promise<Message[]> {
    return this.#postsIn(await this.control.direct(this.person(handle).id));
  }

  async #postsIn(channelId: string): Promise<Message[]> {
    const bot = this.#known().bot.userId;
    const messages = await messagesWithReplies(this.control, channelId);
    return messages.filter((message) => message.user === bot && message.onlyFor === undefined);
  }

  /** Moves the clock; never back. */
  async moveTo(instant: number): Promise<void> {
    const { nowMs } = await this.control.clock();
    if (instant > nowMs) await this.control.jump(new Date(instant).toISOString());
  }

  /** Waits until `look` finds something; says what was waited for, and what was there `instead`, when it does not come. */
  async see<Found>(
    what: string,
    look: () => Promise<Found | null | undefined | false>,
    instead?: () => Promise<string>,
  ): Promise<Found> {
    const deadline = Date.now() + (this.#options.timeoutMs ?? 60_000);
    for (;;) {
      const found = await look();
      if (found) return found;
      if (Date.now() > deadline) {
        const there = instead ? ` There is:\n${await instead()}` : '';
        throw new StoryError(`This did not come: ${what}.${there}`);
      }
      await pause(100);
    }
  }

  /** Waits for a post whose text is `text`, or matches it. */
  async seePost(channel: string, text: string | RegExp): Promise<Message> {
    const found = await this.see(`"${text}" in ${channel}`, async () => {
      return (await this.posts(channel)).find((message) => matches(message.text, text));
    });
    await this.writeDown();
    return found;
  }

  /**
   * Lets a person act until it was taken, as someone does whose click went unanswered. What was taken has
   * to show, whatever happens next: `attempt` says whether it was, `effect` whether it shows.
   */
  async perform(
    handle: string,
    what: string,
    { attempt, effect }: { attempt: () => Promise<boolean>; effect: () => Promise<unknown> },
  ): Promise<void> {
    await this.note(handle, what);
    await this.see(`"${what}" by ${handle} being taken`, async () => (await effect()) || (await attempt()));
    await this.see(`the effect of "${what}" by ${handle}`, effect);
  }

  /** Types a command once, in the release's channel. */
  type(handle: string, command: string, text: string): Promise<ActionResult> {
    const channel = this.channelId('#release-deployment');
    return this.control.command({ person: this.person(handle).id, channel, command, text });
  }

  /** Types a command, again until it is taken, and gives the private answer. */
  async command(handle: string, command: string, text: string): Promise<ActionResult> {
    await this.note(handle, `${command} ${text}`);
    const result = await this.see(`an answer to ${command} by ${handle}`, async () => {
      const answer = await this.type(handle, command, text);
      return wasTaken(answer) && answer;
    });
    if (result.message) this.#answer(handle, result.message);
    return result;
  }

  /** Writes down what someone does. */
  async note(handle: string, what: string): Promise<void> {
    if (!this.#options.print) return;
    const { nowMs } = await this.control.clock();
    this.#print(`${this.#at(nowMs)}  ${this.person(handle).realName} → ${what}`);
  }

  /** Writes down what was posted since the last time. */
  async writeDown(): Promise<void> {
    if (!this.#options.print) return;
    const places = [
      ...this.channelNames().map(async (name) => ({ name, messages: await this.posts(name) })),
      ...this.#known().people.map(async ({ name, realName }) => ({
        name: `to ${realName}`,
        messages: await this.directPosts(name),
      })),
    ];
    const fresh = (await Promise.all(places))
      .flatMap(({ name, messages }) => messages.map((message) => ({ name, message })))
      .filter(({ message }) => !this.#printed.has(`${message.channel} ${message.ts}`))
      .sort((a, b) => Number(a.message.ts) - Number(b.message.ts));
    for (const { name, message } of fresh) {
      this.#printed.add(`${message.channel} ${message.ts}`);
      this.#print(`${this.#at(Date.parse(message.at))}  ${name}`);
      this.#printText(message);
    }
  }

  #answer(handle: string, message: Message): void {
    this.#print(`    only to ${this.person(handle).realName}:`);
    this.#printText(message);
  }

  #printText(message: Message): void {
    const words = blocksToText(message.blocks ?? []) || message.text;
    for (const line of words.split('\n')) this.#print(`    ${line}`);
  }

  #print(line: string): void {
    this.#options.print?.(line);
  }

  #at(instant: number): string {
    return describeInstant(instant, this.#options.zone);
  }

  #known(): Workspace {
    if (!this.#workspace) throw new Error('the stage was not opened');
    return this.#workspace;
  }
}

/** Whether a post's text is, or matches, what is expected. */
export function matches(text: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? text === expected : expected.test(text);
}
