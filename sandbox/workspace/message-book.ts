import type { Message, Reaction } from '../control-api.ts';
import type { Table } from './store.ts';
import type { StoredFile, StoredMessage } from './stored.ts';
import { formatTs, microseconds, parseTs, tsToIso } from './timestamps.ts';

/** Told after a message was stored, so that pages and the app hear of it. */
export type MessageChange = 'posted' | 'changed' | 'deleted';

/** What a new message needs; the book gives the timestamp. */
export type NewMessage = Omit<StoredMessage, 'ts' | 'edits' | 'editedTs' | 'deleted'>;

/** Whether it stands in a thread below another message. */
export function isReply(message: StoredMessage): message is StoredMessage & { threadTs: string } {
  return message.threadTs !== undefined && message.threadTs !== message.ts;
}

interface ChannelMessages {
  /** In the order of their timestamps. */
  byTs: Map<string, StoredMessage>;
  replies: Map<string, string[]>;
  lastMicros: number;
}

/** All messages, by channel, oldest first. Timestamps rise within a channel and are never given twice. */
export class MessageBook {
  readonly #table: Table<StoredMessage>;
  readonly #now: () => number;
  readonly #channels = new Map<string, ChannelMessages>();
  readonly #onChange: (change: MessageChange, message: StoredMessage, before?: StoredMessage) => void;

  constructor(
    table: Table<StoredMessage>,
    now: () => number,
    onChange: (change: MessageChange, message: StoredMessage, before?: StoredMessage) => void,
  ) {
    this.#table = table;
    this.#now = now;
    this.#onChange = onChange;
    for (const message of table.values()) this.#index(message);
  }

  post(draft: NewMessage): StoredMessage {
    const message: StoredMessage = { ...draft, ts: this.#nextTs(draft.channel), edits: 0 };
    this.#store(message);
    this.#onChange('posted', message);
    return message;
  }

  /** Puts new contents in a message's place. Fields that `contents` leaves out are gone, but for `kept`. */
  edit(
    message: StoredMessage,
    contents: Pick<StoredMessage, 'text' | 'notifies'> & Partial<StoredMessage>,
  ): StoredMessage {
    const { blocks: _blocks, metadata: _metadata, ...kept } = message;
    const editedTs = formatTs(microseconds(this.#now()));
    const edited: StoredMessage = { ...kept, ...contents, edits: message.edits + 1, editedTs };
    this.#store(edited);
    this.#onChange('changed', edited, message);
    return edited;
  }

  /** Keeps who reacted to a message. That is no edit of it, and nobody is told here. */
  keepReactions({ reactions: _before, ...message }: StoredMessage, reactions: Reaction[]): StoredMessage {
    const kept = reactions.length > 0 ? { ...message, reactions } : message;
    this.#store(kept);
    return kept;
  }

  remove(message: StoredMessage): void {
    const { blocks: _blocks, metadata: _metadata, reactions: _reactions, ...kept } = message;
    const removed: StoredMessage = {
      ...kept,
      text: 'This message was deleted.',
      notifies: [],
      deleted: true,
    };
    this.#store(removed);
    this.#onChange('deleted', removed, message);
  }

  /** The message, unless it was deleted. */
  find(channel: string, ts: string): StoredMessage | undefined {
    const message = this.#channels.get(channel)?.byTs.get(ts);
    return message?.deleted ? undefined : message;
  }

  /** What stands in a channel, oldest first: no deleted ones, but for the tombstone of a living thread. */
  inChannel(channel: string): StoredMessage[] {
    return this.#all(channel).filter(
      (message) =>
        (!isReply(message) || message.broadcast === true) &&
        (message.deleted !== true || this.replies(channel, message.ts).length > 0),
    );
  }

  /** The living replies of a thread, oldest first, without private ones. */
  replies(channel: string, threadTs: string): StoredMessage[] {
    return this.thread(channel, threadTs).filter((message) => message.onlyFor === undefined);
  }

  /** The living replies of a thread, oldest first, private ones too. */
  thread(channel: string, threadTs: string): StoredMessage[] {
    const book = this.#channels.get(channel);
    return (book?.replies.get(threadTs) ?? [])
      .map((ts) => book?.byTs.get(ts))
      .filter((message) => message !== undefined)
      .filter((message) => message.deleted !== true);
  }

  /** A thread's first message, deleted or not. */
  root(channel: string, ts: string): StoredMessage | undefined {
    return this.#channels.get(channel)?.byTs.get(ts);
  }

  privateTo(personId: string): StoredMessage[] {
    return [...this.#table.values()].filter((each) => each.onlyFor === personId && each.deleted !== true);
  }

  /** As the control interface and the page see it. */
  view(message: StoredMessage): Message {
    const { fromApp: _fromApp, editedTs, broadcast: _broadcast, deleted: _deleted, files, ...rest } = message;
    return {
      ...rest,
      ...(files ? { files: files.map(({ id, name }) => ({ id, name })) } : {}),
      replyCount: this.replies(message.channel, message.ts).length,
      at: tsToIso(message.ts),
      ...(editedTs === undefined ? {} : { editedAt: tsToIso(editedTs) }),
    };
  }

  /** A file of any message that is there. */
  file(id: string): StoredFile | undefined {
    const files = [...this.#table.values()].flatMap((message) =>
      message.deleted ? [] : (message.files ?? []),
    );
    return files.find((file) => file.id === id);
  }

  #all(channel: string): StoredMessage[] {
    return [...(this.#channels.get(channel)?.byTs.values() ?? [])];
  }

  #nextTs(channel: string): string {
    const last = this.#channels.get(channel)?.lastMicros ?? 0;
    return formatTs(Math.max(microseconds(this.#now()), last + 1));
  }

  #store(message: StoredMessage): void {
    this.#table.put(`${message.channel}:${message.ts}`, message);
    this.#index(message);
  }

  #index(message: StoredMessage): void {
    const book = this.#channels.get(message.channel) ?? {
      byTs: new Map(),
      replies: new Map(),
      lastMicros: 0,
    };
    this.#channels.set(message.channel, book);
    const isNew = !book.byTs.has(message.ts);
    book.byTs.set(message.ts, message);
    book.lastMicros = Math.max(book.lastMicros, parseTs(message.ts) ?? 0);
    if (!isNew || !isReply(message)) return;
    const replies = book.replies.get(message.threadTs);
    if (replies) replies.push(message.ts);
    else book.replies.set(message.threadTs, [message.ts]);
  }
}
