import type { Message } from '../control-api.ts';
import type { Table } from '../workspace/store.ts';
import type { StoredFile } from '../workspace/stored.ts';
import type { StoredOwnCard, StoredPost } from './stored.ts';

/** Told after a message was stored. */
export type PostChange = 'posted' | 'changed' | 'deleted';
export type NewPost = Omit<StoredPost, 'id' | 'edits' | 'editedMs' | 'deleted'>;
type Contents = Pick<StoredPost, 'text' | 'textFormat' | 'summary' | 'attachments' | 'entities' | 'notifies'>;

export interface PostBookParts {
  posts: Table<StoredPost>;
  ownCards: Table<StoredOwnCard>;
  /** The clock's instant, epoch ms. */
  now: () => number;
  onChange: (change: PostChange, post: StoredPost) => void;
}

/** All messages, by conversation, oldest first. */
export class PostBook {
  readonly #parts: PostBookParts;
  readonly #conversations = new Map<string, Map<string, StoredPost>>();

  constructor(parts: PostBookParts) {
    this.#parts = parts;
    for (const post of parts.posts.values()) this.#in(post.conversation).set(post.id, post);
  }

  post(draft: NewPost): StoredPost {
    const post = { ...draft, id: this.#nextId(draft.conversation), edits: 0 };
    this.#store(post);
    this.#parts.onChange('posted', post);
    return post;
  }

  /** Puts new contents in a message's place; what people saw of their own is gone with it. */
  edit(post: StoredPost, contents: Contents): StoredPost {
    const { attachments: _attachments, entities: _entities, summary: _summary, ...kept } = post;
    const edited = { ...kept, ...contents, edits: post.edits + 1, editedMs: this.#parts.now() };
    this.#store(edited);
    this.#parts.onChange('changed', edited);
    return edited;
  }

  remove(post: StoredPost): void {
    const { attachments: _attachments, entities: _entities, ...kept } = post;
    this.#store({ ...kept, text: 'This message has been deleted.', notifies: [], deleted: true });
    this.#parts.onChange('deleted', post);
  }

  /** The message, unless it was deleted. */
  find(conversation: string, id: string): StoredPost | undefined {
    const post = this.#in(conversation).get(id);
    return post?.deleted ? undefined : post;
  }

  /** The first message of a thread, deleted or not. */
  root(conversation: string, id: string): StoredPost | undefined {
    const post = this.#in(conversation).get(id);
    return post?.rootId === undefined ? post : undefined;
  }

  /** What stands in a conversation itself: no deleted ones, but for the head of a living thread. */
  roots(conversation: string): StoredPost[] {
    return this.#all(conversation).filter(
      (post) =>
        post.rootId === undefined && (!post.deleted || this.replies(conversation, post.id).length > 0),
    );
  }

  /** The living replies of a thread. */
  replies(conversation: string, rootId: string): StoredPost[] {
    return this.#all(conversation).filter((post) => post.rootId === rootId && !post.deleted);
  }

  /** From now on this person sees another card in the message, until it is edited. */
  showOwnCard(own: StoredOwnCard): void {
    this.#parts.ownCards.put(`${own.personId} ${own.conversation} ${own.postId}`, own);
    const post = this.find(own.conversation, own.postId);
    if (post) this.#parts.onChange('changed', post);
  }

  /** The message's card as this person sees it; undefined where it is everybody's. */
  ownCard(post: StoredPost, personId: string): StoredOwnCard | undefined {
    const own = this.#parts.ownCards.get(`${personId} ${post.conversation} ${post.id}`);
    return own?.edits === post.edits ? own : undefined;
  }

  /** As the control interface shows it; with `personId` as that person sees it. */
  view(post: StoredPost, personId?: string): Message {
    const { attachments = [], entities } = post;
    const own = personId === undefined ? undefined : this.ownCard(post, personId);
    const shown = own ? attachments.map((each) => ({ ...each, content: own.card })) : attachments;
    return {
      ts: post.id,
      channel: post.conversation,
      user: post.from,
      text: post.text,
      ...(post.summary === undefined ? {} : { summary: post.summary }),
      ...(shown.length > 0 ? { attachments: shown } : {}),
      ...(entities ? { entities } : {}),
      ...(post.files ? { files: post.files.map(({ id, name }) => ({ id, name })) } : {}),
      ...(post.rootId === undefined ? {} : { threadTs: post.rootId }),
      replyCount: this.replies(post.conversation, post.id).length,
      edits: post.edits,
      ...(post.editedMs === undefined ? {} : { editedAt: new Date(post.editedMs).toISOString() }),
      at: new Date(Number(post.id)).toISOString(),
      notifies: post.notifies,
    };
  }

  /** A file of any message that is there. */
  file(id: string): StoredFile | undefined {
    const files = [...this.#parts.posts.values()].flatMap((post) => (post.deleted ? [] : (post.files ?? [])));
    return files.find((file) => file.id === id);
  }

  #all(conversation: string): StoredPost[] {
    return [...this.#in(conversation).values()];
  }

  #nextId(conversation: string): string {
    const last = [...this.#in(conversation).keys()].at(-1) ?? '0';
    return String(Math.max(this.#parts.now(), Number(last) + 1));
  }

  #store(post: StoredPost): void {
    this.#parts.posts.put(`${post.conversation} ${post.id}`, post);
    this.#in(post.conversation).set(post.id, post);
  }

  #in(conversation: string): Map<string, StoredPost> {
    const known = this.#conversations.get(conversation);
    if (known) return known;
    const made = new Map<string, StoredPost>();
    this.#conversations.set(conversation, made);
    return made;
  }
}
