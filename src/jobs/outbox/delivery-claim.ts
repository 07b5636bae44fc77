import { decodeDestination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import type { JobServices, LiveCardSubject } from '../job-services.ts';

/** A delivery that this job may send now. */
export interface ClaimedDelivery {
  id: string;
  /** Null when it is of no release. */
  releaseId: string | null;
  destination: string;
  attempts: number;
  content: Card | null;
  card: (LiveCardSubject & { id: string; revision: number }) | null;
  /** An earlier attempt was interrupted or its end is not known. */
  mayHaveArrived: boolean;
  /** Wall clock, epoch ms: the claim is counted from here. */
  claimedAt: number;
  /** Release clock, epoch ms: no attempt was made before. */
  since: number;
  /** Wall clock, epoch ms: when an attempt first did not post it; null when none has failed. */
  failingSince: number | null;
  /** The release manager knows that it waits. */
  isDelayNotified: boolean;
  /** Set while rendering a live card. */
  renderedHash: string | null;
}

/** What a drain does next: send what it has claimed, or wait until an instant of the wall clock, epoch ms. */
export interface Claim {
  delivery: ClaimedDelivery | null;
  /** When the destination's oldest row may be tried; null when none waits. */
  waitUntil: number | null;
}

/** A destination's turn as the statements answer it. */
export interface ClaimRow {
  destination: string;
  /** When the destination's oldest row may be tried; null when none waits. */
  at: Date | null;
  /** Null when the oldest row can't be claimed yet. */
  id: string | null;
  attempts: number;
  content: Card | null;
  was_sending: boolean;
  sending_at: Date;
  sending_since: Date;
  release_id: string | null;
  failing_since: Date | null;
  delay_notified_at: Date | null;
  card_id: string | null;
  card_kind: LiveCardSubject['kind'] | null;
  card_subject: string | null;
  card_revision: number | null;
}

/**
 * Claims the rows in `head` whose time has come; $1 wall clock, $2 release clock, $3 end of the lease. The row's
 * own wait is looked at again as it is updated: another drain may have claimed it a moment ago.
 */
const claimed = `claimed as (
    update deliveries d set state = 'sending', attempts = d.attempts + 1, sending_at = $1,
      sending_since = coalesce(d.sending_since, $2), not_before = $3
    from head where d.id = head.id and head.at <= $1 and (d.not_before is null or d.not_before <= $1)
    returning d.*, head.state = 'sending' as was_sending
  )`;

/** The columns of `ClaimRow` but the destination, from `head`, `claimed` and the live card `c`. */
const columns = `head.at, claimed.id, claimed.attempts, claimed.content, claimed.was_sending,
    claimed.sending_at, claimed.sending_since, claimed.release_id, claimed.failing_since, claimed.delay_notified_at,
    c.id as card_id, c.kind as card_kind, c.subject_id as card_subject, c.revision as card_revision`;

/** The oldest open row of the destination of `one`. */
const oldestOpen = (condition = 'true') => `
    select id, state, not_before from deliveries
    where destination = one.destination and state in ('pending', 'sending') and ${condition}
    order by seq limit 1 for update`;

/** The first three values of both statements. */
export function claimValues({ clock, settings }: JobServices): Date[] {
  const wall = clock.wall();
  return [new Date(wall), new Date(clock.now()), new Date(wall + settings.claimLeaseMs)];
}

/** Of a destination, in SQL. */
function paceKey(destination: string): string {
  return `('post:' || ${destination})`;
}

/** What the statements that claim rows have in common. */
export const claimSql = { claimed, columns, oldestOpen, paceKey };

/** Nothing waits. */
export const nothing: Claim = { delivery: null, waitUntil: null };

/** A statement's answer for a destination; undefined when it has no open row. */
export function toClaim(row: ClaimRow | undefined): Claim {
  if (!row?.at) return nothing;
  const { id } = row;
  if (id === null) return { delivery: null, waitUntil: row.at.getTime() };
  return { delivery: toClaimed({ ...row, id }), waitUntil: null };
}

function toClaimed(row: ClaimRow & { id: string }): ClaimedDelivery {
  const { id, destination, card_id, card_kind, card_subject, card_revision } = row;
  const card =
    card_id && card_kind && card_subject && card_revision !== null
      ? {
          id: card_id,
          kind: card_kind,
          subjectId: card_subject,
          destination: decodeDestination(destination),
          revision: card_revision,
        }
      : null;
  return {
    id,
    releaseId: row.release_id,
    destination,
    attempts: row.attempts,
    content: row.content,
    card,
    mayHaveArrived: row.was_sending,
    claimedAt: row.sending_at.getTime(),
    since: row.sending_since.getTime(),
    failingSince: row.failing_since?.getTime() ?? null,
    isDelayNotified: row.delay_notified_at !== null,
    renderedHash: null,
  };
}
