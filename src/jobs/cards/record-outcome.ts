import { eq, sql } from 'drizzle-orm';
import type { Destination } from '../../core/address/destination.ts';
import { cards, type PaceKind } from '../../db/schema/outbox.ts';
import { backOffMs } from '../../lib/back-off.ts';
import { maxWaitMs } from '../../lib/left-to-wait.ts';
import { notifyClosedCard } from '../../services/card/notify-closed-card.ts';
import { notifyRefusedCard } from '../../services/card/notify-refused-card.ts';
import { replaceCard } from '../../services/card/replace-card.ts';
import { formKind } from '../../services/form/form-kind.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { offerKind } from '../../services/kernel/offer-kind.ts';
import type { UpdateOutcome } from '../../services/ports/message-channel.ts';
import type { JobServices } from '../job-services.ts';
import { setPace } from '../pace.ts';
import { type Picture, recordEdited, recordUnchanged, type StaleCard } from './record-edit.ts';

type Refusal<Result> = Extract<UpdateOutcome, { result: Result }>;

/** An edit that may not have arrived is simply made again: it shows the state of that moment. */
export async function recordOutcome(
  jobs: JobServices,
  card: StaleCard,
  edit: { outcome: UpdateOutcome; picture: Picture; intervalMs: number },
): Promise<void> {
  const { outcome, picture, intervalMs } = edit;
  // It would only have said where it has gone, lost a button, or closed a form: who can't be told there is not told.
  const isMinor = card.leftSince !== null || card.kind === offerKind || card.kind === formKind;
  if (isMinor && isRefusal(outcome)) return recordEdited(jobs, card, picture);
  switch (outcome.result) {
    case 'sent':
      await recordEdited(jobs, card, picture);
      return holdEdits(jobs, { kind: 'edit', destination: card.destination }, intervalMs);
    case 'rate-limited':
      // It is the destination's: none of its cards is edited before it ends.
      return holdEdits(
        jobs,
        { kind: 'edit-limit', destination: card.destination },
        Math.min(maxWaitMs, outcome.retryAfterMs),
      );
    case 'not-sent':
    case 'unknown':
      return postpone(jobs, card, outcome.detail);
    case 'closed':
      return waitForPlace(jobs, card, outcome);
    case 'gone':
    case 'not-editable':
      return postAnew(jobs, card, { outcome, picture });
    case 'refused':
      return waitForChange(jobs, card, outcome);
  }
}

function isRefusal({ result }: UpdateOutcome): boolean {
  return result === 'closed' || result === 'gone' || result === 'not-editable' || result === 'refused';
}

function holdEdits(
  { db, clock }: JobServices,
  pace: { kind: PaceKind; destination: Destination },
  forMs: number,
): Promise<void> {
  return setPace(db, pace, clock.wall() + forMs);
}

async function postpone({ db, clock, random }: JobServices, card: StaleCard, note: string): Promise<void> {
  const notBefore = new Date(clock.wall() + backOffMs(card.attempts + 1, random));
  await db
    .update(cards)
    .set({ attempts: sql`${cards.attempts} + 1`, notBefore, error: note })
    .where(eq(cards.id, card.id));
}

/** It is edited once its place is open again; until then the release manager knows what to mend. */
async function waitForPlace(
  jobs: JobServices,
  card: StaleCard,
  { detail }: Refusal<'closed'>,
): Promise<void> {
  await postpone(jobs, card, detail);
  const { id: cardId, releaseId, closedSince } = card;
  if (releaseId === null || closedSince !== null) return;
  jobs.log.warn({ cardId, detail }, 'the place of a live card is closed');
  await notifyClosedCard({ ctx: asSystem(jobs, 'card'), input: { cardId, releaseId, reason: detail } });
}

/**
 * It shows what it showed, and the release manager knows that: should the cause go away, the next change draws it,
 * even one back to this picture.
 */
async function waitForChange(
  jobs: JobServices,
  card: StaleCard,
  { code, detail: reason }: Refusal<'refused'>,
): Promise<void> {
  const { id: cardId, releaseId, refusedSince } = card;
  jobs.log.error({ cardId, code }, 'a live card can not show what it has to');
  await recordUnchanged(jobs, card);
  if (releaseId === null || refusedSince !== null) return;
  await notifyRefusedCard({ ctx: asSystem(jobs, 'card'), input: { cardId, releaseId, reason } });
}

/**
 * A card whose message can't be edited is posted anew: at once when it is gone, else when it has something to say
 * that is worth a message. What is not yet worth one waits for an edit that succeeds.
 */
async function postAnew(
  jobs: JobServices,
  card: StaleCard,
  { outcome, picture }: { outcome: Refusal<'gone' | 'not-editable'>; picture: Picture },
): Promise<void> {
  const { id: cardId, messageId, channelId } = card;
  const { result: cause, detail: reason } = outcome;
  const isDue = cause === 'gone' || picture.gist !== card.renderedGist;
  if (isDue && messageId !== null && channelId !== null) {
    const input = { cardId, message: { messageId, channelId }, cause, reason };
    const replaced = await replaceCard({ ctx: asSystem(jobs, 'card'), input });
    if (replaced.ok && replaced.value.replaced) {
      jobs.log.warn({ cardId, cause, reason }, 'a live card is posted anew');
      return;
    }
  }
  await postpone(jobs, card, reason);
}
