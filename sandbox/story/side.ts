import { lineText } from '../../src/core/card/line.ts';
import { greetingMessage } from '../../src/core/messages/greeting-message.ts';
import type { Message, Person, Workspace } from '../control-api.ts';
import type { ControlClient } from '../control-client.ts';
import { headlineOf } from './plain-text.ts';
import { messagesWithReplies } from './with-replies.ts';

/** Something came out otherwise than planned. */
export class StoryError extends Error {
  override name = 'StoryError';
}

/** As a notification says it. */
const greeting = lineText(greetingMessage('person').summary);

/** One platform on which the story is played: who and what is there, and what the bot says. */
export class Side {
  readonly control: ControlClient;
  readonly #workspace: Workspace;

  constructor(control: ControlClient, workspace: Workspace) {
    this.control = control;
    this.#workspace = workspace;
  }

  static async open(control: ControlClient): Promise<Side> {
    return new Side(control, await control.workspace());
  }

  has(handle: string): boolean {
    return this.#workspace.people.some(({ name }) => name === handle);
  }

  person(handle: string): Person {
    const found = this.#workspace.people.find(({ name }) => name === handle);
    if (!found) throw new StoryError(`There is nobody called ${handle}.`);
    return found;
  }

  channelId(name: string): string {
    const found = this.#workspace.channels.find((channel) => `#${channel.name}` === name);
    if (!found) throw new StoryError(`There is no channel ${name}.`);
    return found.id;
  }

  channelNames(): string[] {
    return this.#workspace.channels.filter(({ kind }) => kind === 'channel').map(({ name }) => `#${name}`);
  }

  people(): readonly Person[] {
    return this.#workspace.people;
  }

  /** What the bot posted into a channel, oldest first; answers to single people are left out. */
  posts(channel: string): Promise<Message[]> {
    return this.postsIn(this.channelId(channel));
  }

  /** What the bot wrote to a person directly. */
  async directPosts(handle: string): Promise<Message[]> {
    return this.postsIn(await this.control.direct(this.person(handle).id));
  }

  /** What the bot posted into a conversation, by its id; without the greeting, which stands where the app was added. */
  async postsIn(channelId: string): Promise<Message[]> {
    const bot = this.#workspace.bot.userId;
    const messages = await messagesWithReplies(this.control, channelId, bot);
    const isBots = (message: Message) => message.user === bot && message.onlyFor === undefined;
    return messages.filter((message) => isBots(message) && headlineOf(message) !== greeting);
  }
}
