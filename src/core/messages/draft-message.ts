import { listWords } from '../../lib/list-words.ts';
import { showDraftButton } from '../approval/draft-buttons.ts';
import { type Block, type Card, type Inline, paragraph } from '../card/card.ts';
import { inlines, type Line, line } from '../card/line.ts';
import { mentions, type Named } from './mention.ts';

/** A message that customers read, as messages about it call it. */
export interface NamedDraft {
  draftId: string;
  releaseKey: string;
  /** Of the release: `Web shop 2.4.0`. */
  release: string;
  /** Of the message: `Customer announcement`. */
  title: string;
  /** When it is due or expected; null: by an event that nobody expects. */
  due: Inline | null;
}

/** Reminds its owner of a draft that nobody has approved. `held`: why it is on hold. */
export function draftReminder(
  asked: NamedDraft & {
    to: Named;
    held: { by: string; reason: string } | null;
    /** Who is asked next, and when; null: nobody is. */
    next: { names: readonly string[]; at: Inline } | null;
  },
): Card {
  const { to, held, next } = asked;
  const summary = `${asked.releaseKey}: “${asked.title}” ${held ? 'is still on hold' : 'needs your approval'}`;
  const what = held
    ? line`${mentions([to])}, “${asked.title}” for ${asked.release} is on hold by ${held.by}.`
    : line`${mentions([to])}, “${asked.title}” for ${asked.release} needs your approval. Customers read it.`;
  const then = next ? line` If it isn't approved by ${next.at}, I'll ask ${listWords(next.names)}, too.` : '';
  return {
    summary,
    blocks: [
      paragraph(what),
      ...(held ? [quote(held.reason)] : []),
      paragraph(line`${dueSentence(asked)}Without approval, it won't be sent.${then}`),
      show(asked),
    ],
  };
}

/** Asks the backup of an owner who has not decided. */
export function draftEscalation(asked: NamedDraft & { owner: string }): Card {
  const summary = `${asked.releaseKey}: your approval of “${asked.title}” is needed`;
  return {
    summary,
    blocks: [
      paragraph(
        line`${summary}. You are the backup of ${asked.owner}, who has not approved it. ${dueSentence(asked)}Without approval, it won't be sent.`,
      ),
      show(asked),
    ],
  };
}

/** Tells the release manager that nobody has approved a draft, shortly before its instant. */
export function unapprovedDraftMessage(
  asked: NamedDraft & { asked: readonly string[]; held: { by: string; reason: string } | null },
): Card {
  const { held } = asked;
  const summary = `${asked.releaseKey}: nobody has approved “${asked.title}”`;
  const why = held
    ? `${held.by} has put it on hold.`
    : `I asked ${listWords(asked.asked)} and got no answer.`;
  return {
    summary,
    blocks: [
      paragraph(line`${summary}. ${why} ${dueSentence(asked)}Without approval, it won't be sent.`),
      ...(held ? [quote(held.reason)] : []),
      show(asked),
    ],
  };
}

/** Tells its owner that an approval no longer holds, what has changed, and that it is needed again. */
export function voidedDraftMessage(
  asked: NamedDraft & { to: readonly Named[]; by: string | null; changes: readonly string[] },
): Card {
  const { to, by, changes } = asked;
  const summary = `${asked.releaseKey}: please approve “${asked.title}” again`;
  const who = by === null ? 'It has changed since it was approved' : `${by} changed it after it was approved`;
  const greeting = to.length === 0 ? '' : line`${mentions(to)}, `;
  return {
    summary,
    blocks: [
      paragraph(line`${greeting}“${asked.title}” for ${asked.release} needs your approval again. ${who}:`),
      list(changes),
      paragraph(line`${dueSentence(asked)}Without approval, it won't be sent.`),
      show(asked),
    ],
  };
}

/** Why a message did not go out at its instant. */
export type MissedBecause =
  | { kind: 'waiting' }
  | { kind: 'held'; by: string; reason: string }
  | { kind: 'changed'; by: string; changes: readonly string[] };

/**
 * Tells everyone concerned that customers were not told, why, and who can still send it. `to`: whoever is asked for that
 * by this message; null: it is told to others, and those who can are named.
 */
export function missedDraftMessage(
  asked: NamedDraft & { because: MissedBecause; where: Line; to: Named | null; deciders: readonly Named[] },
): Card {
  const { because, where, to, deciders } = asked;
  const summary = `${asked.releaseKey}: “${asked.title}” was not sent to customers`;
  const able = listWords(
    deciders.map(({ name }) => name),
    'or',
  );
  const named = able === '' ? 'Nobody who can approve it can be reached.' : `${able} can still approve it.`;
  const next = to === null ? named : line`${mentions([to])}: approve it to send it now, or leave it out.`;
  return {
    summary,
    blocks: [
      paragraph(line`⛔ Not sent: “${asked.title}” for ${asked.release}, which was for ${where}.`),
      ...reasonBlocks(because),
      paragraph(next),
      show(asked),
    ],
  };
}

function reasonBlocks(because: MissedBecause): Block[] {
  switch (because.kind) {
    case 'waiting':
      return [paragraph('Nobody had approved it by the time it was due.')];
    case 'held':
      return [paragraph(`${because.by} had put it on hold:`), quote(because.reason)];
    case 'changed':
      return [
        paragraph(`What ${because.by} had approved is no longer what it says:`),
        ...(because.changes.length > 0 ? [list(because.changes)] : []),
      ];
  }
}

/** Tells those who heard that it was not sent that it is now. */
export function sentLateMessage(asked: NamedDraft & { by: string; where: Line }): Card {
  const summary = `${asked.releaseKey}: “${asked.title}” is now being sent to customers`;
  return {
    summary,
    blocks: [
      paragraph(
        line`✅ “${asked.title}” for ${asked.release} goes to ${asked.where} now. ${asked.by} approved it.`,
      ),
    ],
  };
}

function dueSentence({ due }: NamedDraft): Line {
  return due === null ? '' : line`It is due ${due}. `;
}

function show({ draftId }: NamedDraft): Block {
  return { type: 'actions', buttons: [showDraftButton(draftId)] };
}

function quote(reason: string): Block {
  return { type: 'quote', content: inlines(reason) };
}

function list(entries: readonly string[]): Block {
  return { type: 'list', ordered: false, items: entries.map((entry) => inlines(entry)) };
}
