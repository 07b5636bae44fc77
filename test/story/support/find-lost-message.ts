import type { Message } from '../../../sandbox/control-api.ts';
import { headlineOf, wordsOf } from '../../../sandbox/story/plain-text.ts';
import type { Side } from '../../../sandbox/story/side.ts';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { withDatabase } from './check-records.ts';
import type { SandboxProcess } from './sandbox-process.ts';

/** A message that had arrived after all. */
export interface LostMessage {
  message: Message;
  /** It is a live card, which a newer one replaces. */
  isCard: boolean;
}

/** By what somebody who looks for a live card knows it: what it was is in the question. A place may have several. */
const looks: Readonly<Record<string, (post: Message) => boolean>> = {
  'card:ballot': (post) => /^Your vote |: (go\/no-go|readiness check) closed, /.test(headlineOf(post)),
  'card:poll': (post) => /: (go\/no-go|readiness check)(,| closed)/.test(headlineOf(post)),
  'card:rollout': (post) => /[▓░]{10}/u.test(wordsOf(post)),
  'card:checklist': (post) => /checklist/.test(headlineOf(post)),
};

/**
 * The message of a delivery in the place where it was to go: one that no other delivery explains, and that was not
 * `taken` for another's.
 */
export async function findLostMessage(
  sandbox: SandboxProcess,
  side: Side,
  { deliveryId, taken }: { deliveryId: string; taken: readonly Message[] },
): Promise<LostMessage | null> {
  const { row, claimed, said } = await readDeliveries(sandbox, deliveryId);
  const { kind, id } = decodeDestination(row.destination);
  const channel = kind === 'channel' ? id : await side.control.direct(id);
  const isCard = row.words === null;
  const isTaken = ({ channel: place, ts }: Message) =>
    claimed.has(ts) || taken.some((one) => one.ts === ts && one.channel === place);
  const looksLikeIt = looks[row.subject] ?? (() => true);
  const isIt = (post: Message) =>
    isCard
      ? looksLikeIt(post) && !said.some((words) => words.includes(firstWords(post)))
      : row.words?.includes(firstWords(post));
  const posts = await side.postsIn(channel);
  const message = posts.find((post) => !isTaken(post) && wordsOf(post) !== '' && isIt(post));
  return message ? { message, isCard } : null;
}

/**
 * A delivery; of the same place, the messages whose ids are known, and what else was said as a text. An id is one of its
 * place alone: in Teams, two chats may have messages of the same id.
 */
function readDeliveries(sandbox: SandboxProcess, deliveryId: string) {
  return withDatabase(sandbox, async (client) => {
    type Row = Record<'id' | 'destination' | 'subject', string> &
      Record<'words' | 'message_id', string | null>;
    const { rows } = await client.query<Row>(
      `select id, destination, subject, content #>> '{}' as words, message_id from deliveries`,
    );
    const cards = await client.query<Pick<Row, 'destination' | 'message_id'>>(
      'select destination, message_id from cards',
    );
    const row = rows.find(({ id }) => id === deliveryId);
    if (!row) throw new Error(`There is no delivery ${deliveryId}.`);
    const isHere = ({ destination }: Pick<Row, 'destination'>) => destination === row.destination;
    const claimed = [...rows, ...cards.rows].filter(isHere).flatMap(({ message_id }) => message_id ?? []);
    const said = rows.filter(isHere).flatMap(({ words }) => words ?? []);
    return { row, claimed: new Set(claimed), said };
  });
}

/** As they stand in the delivery's JSON too. */
function firstWords(post: Message): string {
  return JSON.stringify(headlineOf(post)).slice(1, 40);
}
