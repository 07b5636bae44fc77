import { decodeDestination, encodeDestination } from '../../core/address/destination.ts';
import { backOffMs } from '../../lib/back-off.ts';
import type { SendOutcome } from '../../services/ports/chat-platform.ts';
import type { JobServices, LiveCardSubject } from '../job-services.ts';

interface StaleCard extends LiveCardSubject {
  id: string;
  messageId: string;
  channelId: string;
  revision: number;
  renderedRevision: number;
  renderedHash: string | null;
  attempts: number;
}

const shortWaitMs = 2_000;

/**
 * Brings the live cards of one destination up to date. Renders the present state, so that any number of
 * changes since the last edit cost one. Returns in how many ms to be woken again, null when all are fresh.
 */
export async function refreshCards(jobs: JobServices, destination: string): Promise<number | null> {
  for (;;) {
    const wait = await millisecondsToWait(jobs, destination);
    if (wait === null || wait > shortWaitMs || jobs.stopping.aborted) return wait;
    if (wait > 0) await jobs.sleep(wait);
    const card = await findStaleCard(jobs, destination);
    if (card) await refreshCard(jobs, card);
  }
}

async function refreshCard(jobs: JobServices, card: StaleCard): Promise<void> {
  const rendered = await jobs.renderLiveCard(card);
  if (!rendered) return recordUnchanged(jobs, card);
  const hash = jobs.hashCard(rendered);
  if (hash === card.renderedHash) return recordUnchanged(jobs, card);
  const { messageId, channelId } = card;
  const { destination } = card;
  const outcome = await jobs.platform.update({ destination, messageId, channelId, card: rendered });
  await recordEdit(jobs, card, outcome, hash);
}

/** An edit that may not have arrived is simply made again: it shows the state of that moment. */
async function recordEdit(
  jobs: JobServices,
  card: StaleCard,
  outcome: SendOutcome,
  hash: string,
): Promise<void> {
  switch (outcome.result) {
    case 'sent':
      return recordEdited(jobs, card, hash);
    case 'rate-limited':
      return holdDestination(jobs, encodeDestination(card.destination), outcome.retryAfterMs);
    case 'not-sent':
    case 'unknown':
      return postpone(jobs, card, backOffMs(card.attempts + 1, jobs.random), outcome.detail);
    case 'refused':
      jobs.log.error({ cardId: card.id, code: outcome.code }, 'a live card can no longer be edited');
      // It shows what it showed: should the cause go away, the next change draws it, even one back to this picture.
      await recordUnchanged(jobs, card);
  }
}

async function millisecondsToWait(jobs: JobServices, destination: string): Promise<number | null> {
  const { rows } = await jobs.db.pool.query<{ at: Date }>({
    name: 'next-card-edit',
    text: `select greatest(min(coalesce(not_before, to_timestamp(0))),
        (select next_at from paces where key = $2), to_timestamp(0)) as at
      from cards where destination = $1 and revision > rendered_revision and message_id is not null
      having count(*) > 0`,
    values: [destination, paceKey(destination)],
  });
  return rows[0] ? Math.max(0, rows[0].at.getTime() - jobs.clock.wall()) : null;
}

async function findStaleCard(jobs: JobServices, destination: string): Promise<StaleCard | null> {
  const { rows } = await jobs.db.pool.query<Omit<StaleCard, 'destination'> & { destination: string }>({
    name: 'stale-card',
    text: `select id, kind, subject_id as "subjectId", destination, message_id as "messageId",
        channel_id as "channelId", revision, rendered_revision as "renderedRevision", rendered_hash as "renderedHash", attempts
      from cards where destination = $1 and revision > rendered_revision and message_id is not null
        and (not_before is null or not_before <= $2)
      order by not_before nulls first, id limit 1`,
    values: [destination, new Date(jobs.clock.wall())],
  });
  return rows[0] ? { ...rows[0], destination: decodeDestination(rows[0].destination) } : null;
}

/** Nobody has recorded another picture since the card was found ($3 its revision, $4 its hash). */
const asFound = 'rendered_revision = $3 and rendered_hash is not distinct from $4';

/** Records that no edit is needed, or possible; what another job has recorded meanwhile stands. */
async function recordUnchanged(jobs: JobServices, card: StaleCard): Promise<void> {
  await jobs.db.pool.query({
    name: 'card-unchanged',
    text: `update cards set rendered_revision = $2, attempts = 0, not_before = null, error = null
      where id = $1 and ${asFound}`,
    values: [card.id, card.revision, card.renderedRevision, card.renderedHash],
  });
}

/**
 * Records what the card shows after an edit. Two jobs may edit one card at once, and nobody knows whose edit
 * reached the platform last: the later to record another picture leaves the card stale, so it is drawn again.
 */
async function recordEdited(jobs: JobServices, card: StaleCard, hash: string): Promise<void> {
  const isSure = `((${asFound}) or rendered_hash = $5)`;
  await jobs.db.pool.query({
    name: 'card-edited',
    text: `with edited as (
        update cards set
          rendered_revision = case when ${isSure} then greatest(rendered_revision, $2)
            else least(rendered_revision, $2 - 1) end,
          rendered_hash = case when ${isSure} then $5 end, attempts = 0, not_before = null, error = null
        where id = $1
      ) insert into paces (key, next_at) values ($6, $7)
        on conflict (key) do update set next_at = excluded.next_at`,
    values: [
      card.id,
      card.revision,
      card.renderedRevision,
      card.renderedHash,
      hash,
      paceKey(encodeDestination(card.destination)),
      new Date(jobs.clock.wall() + jobs.settings.editIntervalMs),
    ],
  });
}

/** A rate limit is the destination's: none of its cards is edited before it ends. */
async function holdDestination(jobs: JobServices, destination: string, forMs: number): Promise<void> {
  await jobs.db.pool.query({
    name: 'hold-edits',
    text: `insert into paces (key, next_at) values ($1, $2)
      on conflict (key) do update set next_at = excluded.next_at`,
    values: [paceKey(destination), new Date(jobs.clock.wall() + forMs)],
  });
}

async function postpone(jobs: JobServices, card: StaleCard, afterMs: number, note: string): Promise<void> {
  await jobs.db.pool.query({
    name: 'card-postponed',
    text: 'update cards set attempts = attempts + 1, not_before = $2, error = $3 where id = $1',
    values: [card.id, new Date(jobs.clock.wall() + afterMs), note],
  });
}

function paceKey(destination: string): string {
  return `edit:${destination}`;
}
