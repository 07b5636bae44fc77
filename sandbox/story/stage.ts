import { setTimeout as pause } from 'node:timers/promises';
import { describeInstant } from '../../src/core/calendar/describe-instant.ts';
import type { ActionResult, Message, Person } from '../control-api.ts';
import { type ControlClient, wasTaken } from '../control-client.ts';
import { waitForAnswer } from './answers.ts';
import { headlineOf, wordsOf } from './plain-text.ts';
import { Side, StoryError } from './side.ts';

export { StoryError };

export interface StageOptions {
  control: ControlClient;
  /** The other platform, where the story is played on both. A person acts on the first that has them. */
  other?: ControlClient;
  zone: string;
  /** Takes the transcript; left out, none is made, which saves reading every channel after each step. */
  print?: (line: string) => void;
  /** How long anything may take to show, real milliseconds. */
  timeoutMs?: number;
}

/** Where a story is played: people act, the clock is moved, what is posted is written down. */
export class Stage {
  /** Of the first platform. */
  readonly control: ControlClient;
  readonly #options: StageOptions;
  readonly #printed = new Set<string>();
  #sides: Side[] = [];

  constructor(options: StageOptions) {
    this.control = options.control;
    this.#options = options;
  }

  async open(): Promise<void> {
    const { control, other } = this.#options;
    this.#sides = await Promise.all([control, ...(other ? [other] : [])].map((each) => Side.open(each)));
  }

  /** Every platform on which the story is played. */
  get sides(): readonly Side[] {
    return this.#sides;
  }

  /** Where somebody acts. */
  sideOf(handle: string): Side {
    return this.#sides.find((side) => side.has(handle)) ?? this.#first();
  }

  person(handle: string): Person {
    return this.sideOf(handle).person(handle);
  }

  channelId(name: string): string {
    return this.#first().channelId(name);
  }

  /** What the bot posted into a channel of the first platform, oldest first; private answers are left out. */
  async posts(channel: string): Promise<Message[]> {
    return this.#first().posts(channel);
  }

  /** What the bot wrote to a person directly, where they are. */
  async directPosts(handle: string): Promise<Message[]> {
    return this.sideOf(handle).directPosts(handle);
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

  /** Waits for a post that says `text`, or matches it, on every platform; answers that of the first. */
  async seePost(channel: string, text: string | RegExp): Promise<Message> {
    const found = await Promise.all(
      this.#sides.map((side) =>
        this.see(`"${text}" in ${channel} (${side.control.platform})`, async () =>
          (await side.posts(channel)).find((message) => matches(headlineOf(message), text)),
        ),
      ),
    );
    await this.writeDown();
    const [first] = found;
    if (!first) throw new Error('the stage was not opened');
    return first;
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

  /** Types a command once, in the release's channel, and waits for what is said to it. */
  async type(handle: string, command: string, text: string): Promise<ActionResult> {
    const side = this.sideOf(handle);
    const channel = side.channelId('#release-deployment');
    const result = await side.control.command({ person: side.person(handle).id, channel, command, text });
    const message = await waitForAnswer(side.control, result);
    return message ? { ...result, message } : result;
  }

  /** Types a command, again until it is taken, and gives the private answer. */
  async command(handle: string, command: string, text: string): Promise<ActionResult> {
    await this.note(handle, `${command} ${text}`);
    const result = await this.see(`an answer to ${command} by ${handle}`, async () => {
      const answer = await this.type(handle, command, text);
      return wasTaken(answer) && answer.message !== undefined && answer;
    });
    if (result.message) this.#answer(handle, result.message);
    return result;
  }

  /** Writes down what someone does; a command as it is typed where they are. */
  async note(handle: string, what: string): Promise<void> {
    if (!this.#options.print) return;
    const { nowMs } = await this.control.clock();
    const side = this.sideOf(handle);
    const done = side.control.platform === 'teams' ? what.replace(/^\//, '@tminus ') : what;
    this.#print(`${this.#at(nowMs)}  ${this.#placeOn(side, this.person(handle).realName)} → ${done}`);
  }

  /** Writes down what was posted since the last time. */
  async writeDown(): Promise<void> {
    if (!this.#options.print) return;
    const places = this.#sides.flatMap((side) => [
      ...side.channelNames().map(async (name) => ({
        name: this.#placeOn(side, name),
        messages: await side.posts(name),
      })),
      ...side.people().map(async ({ name, realName }) => ({
        name: this.#placeOn(side, `to ${realName}`),
        messages: await side.directPosts(name),
      })),
    ]);
    const fresh = (await Promise.all(places))
      .flatMap(({ name, messages }) => messages.map((message) => ({ name, message })))
      .filter(({ message }) => !this.#printed.has(`${message.channel} ${message.ts}`))
      .sort((a, b) => Date.parse(a.message.at) - Date.parse(b.message.at));
    for (const { name, message } of fresh) {
      this.#printed.add(`${message.channel} ${message.ts}`);
      this.#print(`${this.#at(Date.parse(message.at))}  ${name}`);
      this.#printText(message);
    }
  }

  /** With its platform, where there are two. */
  #placeOn({ control }: Side, name: string): string {
    if (this.#sides.length < 2) return name;
    return `${name} (${control.platform === 'teams' ? 'Teams' : 'Slack'})`;
  }

  #answer(handle: string, message: Message): void {
    const to = message.onlyFor === undefined ? 'in answer to' : 'only to';
    this.#print(`    ${to} ${this.person(handle).realName}:`);
    this.#printText(message);
  }

  #printText(message: Message): void {
    const words = wordsOf(message) || headlineOf(message);
    for (const line of words.split('\n')) this.#print(`    ${line}`);
  }

  #print(line: string): void {
    this.#options.print?.(line);
  }

  #at(instant: number): string {
    return describeInstant(instant, this.#options.zone);
  }

  #first(): Side {
    const [first] = this.#sides;
    if (!first) throw new Error('the stage was not opened');
    return first;
  }
}

/** Whether a post's text is, or matches, what is expected. */
export function matches(text: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? text === expected : expected.test(text);
}
