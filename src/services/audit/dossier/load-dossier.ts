import { asc, eq } from 'drizzle-orm';
import type { Anchor } from '../../../core/audit/anchor.ts';
import type { BrokenLink } from '../../../core/audit/audit-chain.ts';
import type { TrustedKeys } from '../../../core/audit/audit-signature.ts';
import type { Checkpoint } from '../../../core/audit/checkpoint.ts';
import { readTrailEvent, type TrailEvent } from '../../../core/audit/trail-event.ts';
import { type ToldEvent, tellEvent } from '../../../core/trail/tell-event.ts';
import { findDecisions } from '../../../db/queries/decisions.ts';
import { findDrafts } from '../../../db/queries/drafts.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { findNotes } from '../../../db/queries/notes.ts';
import { findPolls } from '../../../db/queries/polls.ts';
import { loadSchedule, readPrunedAt } from '../../../db/queries/schedule.ts';
import { findTasks } from '../../../db/queries/tasks.ts';
import { auditEvents } from '../../../db/schema/audit.ts';
import { deliveries } from '../../../db/schema/outbox.ts';
import { gateWaivers } from '../../../db/schema/readiness.ts';
import { requests } from '../../../db/schema/requests.ts';
import { operations } from '../../../db/schema/rollout.ts';
import type { Queries } from '../../../db/transaction.ts';
import { nameTrail } from '../name-trail.ts';
import { verifyAudit } from '../verify-audit.ts';
import { checkpointsName } from '../verify-checkpoints.ts';

/** An event as it is, as it is told, and its place in the chain. */
export interface DossierEvent {
  event: TrailEvent;
  told: ToldEvent;
  /** SHA-256, hex. */
  hash: string;
  isSigned: boolean;
}

/** All that is kept of one release, and whether it is as it was written. */
export type Dossier = Awaited<ReturnType<typeof loadDossier>>;

/** How the verification of everything came out, as far as it concerns this release. */
export interface DossierVerification {
  /** Of its chain, its rows and the checkpoints. */
  broken: BrokenLink[];
  /** The last checkpoint that is as it was written. */
  checkpoint: Checkpoint | null;
  keyIds: string[];
}

/** Reads everything at one go, and verifies the whole trail. */
export async function loadDossier(
  db: Queries,
  release: Release,
  settings: { trusted: TrustedKeys; anchors: readonly Anchor[] },
) {
  const ofRelease = eq(operations.releaseId, release.id);
  return {
    release,
    polls: await findPolls(db, release.id),
    decisions: await findDecisions(db, release.id),
    waivers: await db
      .select()
      .from(gateWaivers)
      .where(eq(gateWaivers.releaseId, release.id))
      .orderBy(asc(gateWaivers.grantedAt)),
    requests: await db
      .select()
      .from(requests)
      .where(eq(requests.releaseId, release.id))
      .orderBy(asc(requests.requestedAt)),
    notes: await findNotes(db, release.id),
    drafts: await findDrafts(db, [release.id]),
    schedule: await loadSchedule(db, release.id),
    deliveries: await db
      .select()
      .from(deliveries)
      .where(eq(deliveries.releaseId, release.id))
      .orderBy(asc(deliveries.seq)),
    operations: await db.select().from(operations).where(ofRelease).orderBy(asc(operations.seq)),
    tasks: await findTasks(db, [release.id]),
    /** When older records were removed; null: everything is there. */
    prunedAt: await readPrunedAt(db, release.id),
    events: await loadEvents(db, release),
    verification: await verify(db, release, settings),
  };
}

async function loadEvents(db: Queries, release: Release): Promise<DossierEvent[]> {
  const names = nameTrail(release);
  const rows = await db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.chain, release.id))
    .orderBy(asc(auditEvents.seq));
  return rows.map((row) => {
    const event = readTrailEvent(row);
    return { event, told: tellEvent(event, names), hash: row.hash, isSigned: row.signature !== null };
  });
}

async function verify(
  db: Queries,
  { id }: Release,
  settings: { trusted: TrustedKeys; anchors: readonly Anchor[] },
): Promise<DossierVerification> {
  const { broken, checkpoint } = await verifyAudit(db, settings);
  const concerns = ({ chain }: BrokenLink) => chain === id || chain === checkpointsName;
  return { broken: broken.filter(concerns), checkpoint, keyIds: [...settings.trusted.keys()] };
}
