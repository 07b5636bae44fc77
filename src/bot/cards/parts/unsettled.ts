import { withoutMember } from '../../../core/address/list-member.ts';
import { type Block, type Card, command, note } from '../../../core/card/card.ts';
import { type Line, line, lineText } from '../../../core/card/line.ts';
import { liveCardName } from '../../../core/messages/live-card-name.ts';
import { settleButtons } from '../../../core/messages/settle-buttons.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { findUnsettled, type UnsettledMessage } from '../../../db/queries/unsettled-messages.ts';
import type { Queries } from '../../../db/transaction.ts';
import { listWords } from '../../../lib/list-words.ts';
import { shortenAtWord } from '../../../lib/shorten-text.ts';
import { describeDestination, unnoticedSubjects } from '../../../services/delivery/notice.ts';
import { whoMay } from '../../../services/kernel/who-may.ts';
import { lines, onOneLine } from './lines.ts';

/** So many are shown with their buttons; when they are settled, others follow. */
const shownMax = 5;
const summaryMax = 120;

/** The messages of some releases of which nobody knows whether they arrived. */
export function loadUnsettled(
  db: Queries,
  releases: readonly Pick<Release, 'id'>[],
): Promise<UnsettledMessage[]> {
  return findUnsettled(db, { releaseIds: releases.map(({ id }) => id), besides: unnoticedSubjects });
}

/** What somebody who may settle them sees: each with its two buttons. */
export function unsettledBlocks(
  release: Release,
  messages: readonly UnsettledMessage[],
  { offersButtons = true }: { offersButtons?: boolean } = {},
): Block[] {
  const rest = messages.length - shownMax;
  return [
    ...messages
      .slice(0, shownMax)
      .flatMap((message): Block[] => [
        ...lines(unsettledLine(release, message)),
        ...(offersButtons ? [{ type: 'actions' as const, buttons: settleButtons(message.id) }] : []),
      ]),
    ...(rest > 0 ? [note(`And ${rest} more.`)] : []),
  ];
}

/** `❓ web-2.4.0: did the message "…" to #support arrive?` */
function unsettledLine(release: Release, { destination, subject, summary }: UnsettledMessage): Line {
  const place = describeDestination(release, destination);
  if (summary === null) return line`❓ ${release.key}: did ${liveCardName(subject)} for ${place} arrive?`;
  const words = shortenAtWord(onOneLine(lineText(summary)), summaryMax);
  return line`❓ ${release.key}: did “${words}” arrive? It was for ${place}.`;
}

/** A live card that says below what it shows that there are such messages, and who can settle them. */
export async function withUnsettled(db: Queries, release: Release, card: Card): Promise<Card> {
  const messages = await loadUnsettled(db, [release]);
  if (messages.length === 0) return card;
  const places = [
    ...new Set(messages.map(({ destination }) => describeDestination(release, withoutMember(destination)))),
  ];
  const who = whoMay(release, 'delivery.settle').map(({ name }) => name);
  const settle = command('release', `schedule ${release.key}`);
  const by = who.length > 0 ? line`${listWords(who)} can settle it: ${settle}.` : line`Settle it: ${settle}.`;
  const unknown = `❓ It is not known whether everything arrived at ${listWords(places)}. `;
  return { ...card, blocks: [...card.blocks, note(line`${unknown}${by}`)] };
}
