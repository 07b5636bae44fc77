import type { Card } from '../../core/card/card.ts';
import type { CardKind } from '../../core/card/live-card-kind.ts';
import type { TimerKind } from '../../db/schema/outbox.ts';
import type { Scope } from './verb.ts';

/** A destination as written in rows: `slack:channel:C…`, `slack:person:U…`, `slack:home:U…`. */
export function destinationKey(kind: 'channel' | 'person' | 'home', id: string): string {
  return `slack:${kind}:${id}`;
}

/** Puts a message into the outbox. */
export async function deliver(
  scope: Scope,
  message: { releaseId: string; destination: string; subject: string; content: Card },
): Promise<void> {
  await insertDelivery(scope, { ...message, cardId: null });
}

/** Puts several messages into the outbox, in this order, in one round trip. */
export async function deliverAll(
  scope: Scope,
  messages: readonly { releaseId: string; destination: string; subject: string; content: Card }[],
): Promise<void> {
  await scope.tx.$client.query({
    name: 'insert-deliveries',
    text: `insert into deliveries (id, release_id, destination, subject, content, created_at)
      select id, "releaseId", destination, subject, content, $2 from jsonb_to_recordset($1)
        as m(id uuid, "releaseId" uuid, destination text, subject text, content jsonb)`,
    values: [
      JSON.stringify(messages.map((message) => ({ id: scope.ctx.newId(), ...message }))),
      new Date(scope.now),
    ],
  });
  for (const { destination } of messages) scope.notify({ job: 'delivery', destination });
}

/** Opens a live card: its first message goes through the outbox, later states are edits. */
export async function openCard(
  scope: Scope,
  card: { releaseId: string; kind: CardKind; subjectId: string; destination: string },
): Promise<void> {
  const id = scope.ctx.newId();
  const { rowCount } = await scope.tx.$client.query({
    name: 'open-card',
    text: `insert into cards (id, release_id, kind, subject_id, destination) values ($1, $2, $3, $4, $5)
      on conflict do nothing`,
    values: [id, card.releaseId, card.kind, card.subjectId, card.destination],
  });
  if (rowCount === 0) return;
  const { releaseId, destination, kind } = card;
  await insertDelivery(scope, { releaseId, destination, subject: `card:${kind}`, content: null, cardId: id });
}

async function insertDelivery(
  scope: Scope,
  row: {
    releaseId: string;
    destination: string;
    subject: string;
    content: Card | null;
    cardId: string | null;
  },
): Promise<void> {
  await scope.tx.$client.query({
    name: 'insert-delivery',
    text: `insert into deliveries (id, release_id, destination, subject, content, card_id, created_at)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      scope.ctx.newId(),
      row.releaseId,
      row.destination,
      row.subject,
      row.content ? JSON.stringify(row.content) : null,
      row.cardId,
      new Date(scope.now),
    ],
  });
  scope.notify({ job: 'delivery', destination: row.destination });
}

/** Sets a timer; `dueAt` is epoch ms of the release's clock. */
export async function setTimer(
  scope: Scope,
  timer: { releaseId: string; kind: TimerKind; subjectId: string; dueAt: number },
): Promise<void> {
  const timerId = scope.ctx.newId();
  await scope.tx.$client.query({
    name: 'set-timer',
    text: 'insert into timers (id, release_id, kind, subject_id, due_at) values ($1, $2, $3, $4, $5)',
    values: [timerId, timer.releaseId, timer.kind, timer.subjectId, new Date(timer.dueAt)],
  });
  scope.notify({ job: 'timer', timerId, revision: 1, dueAt: timer.dueAt });
}

/** Cancels the pending timers of a subject. */
export async function cancelTimers(scope: Scope, subjectId: string): Promise<void> {
  await scope.tx.$client.query({
    name: 'cancel-timers',
    text: `update timers set state = 'cancelled', revision = revision + 1
      where subject_id = $1 and state = 'pending'`,
    values: [subjectId],
  });
}
