import { and, eq } from 'drizzle-orm';
import { drafts } from '../../db/schema/drafts.ts';
import { communications } from '../../db/schema/release.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import type { Ctx } from '../kernel/context.ts';
import { cancelTimers, setTimer } from '../kernel/effects.ts';
import { actorName } from '../kernel/permissions.ts';
import { refusePaused } from '../kernel/refuse-paused.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import {
  type DraftInput,
  describeStanding,
  draftInput,
  type LoadedDraft,
  loadForDecision,
  refuseBlocked,
} from './load-for-decision.ts';
import { detailsOf, updateDraft } from './update-drafts.ts';

export interface ApprovedDraft {
  releaseKey: string;
  title: string;
  /**
   * `sent`: it was late and goes out now; `changed`: what would go out is no longer what was seen, so it was not
   * approved, and is shown anew.
   */
  outcome: 'approved' | 'sent' | 'changed';
  /** Epoch ms; null for what waits for an event. */
  dueAt: number | null;
  zone: string;
}

/** Approves a message in exactly the wording that was seen. One whose instant has passed goes out at once. */
export function approveDraft(args: { ctx: Ctx; input: DraftInput }): Promise<Result<ApprovedDraft>> {
  return runVerb({ name: 'draft.approve', input: draftInput, run: approve }, args);
}

async function approve(scope: Scope, input: DraftInput): Promise<Result<ApprovedDraft>> {
  const loaded = await loadForDecision(scope, input, 'draft.approve');
  if (!loaded.ok) return loaded;
  const { release } = loaded.value;
  const about = { releaseId: release.id };
  if (loaded.value.draft.state !== 'waiting')
    return refuse('wrong-state', describeStanding(release, loaded.value.draft), about);
  const isLate = loaded.value.draft.itemState === 'withheld';
  const paused = isLate ? refusePaused(release) : null;
  if (paused) return { ok: false, refusal: paused };
  const draft = await updateDraft(scope, release, loaded.value.draft);
  const { item, proposal } = draft;
  const answer = {
    releaseKey: release.key,
    title: item.title,
    dueAt: item.dueAt,
    zone: release.plan.goLive.zone,
  };
  if (draft.revision !== input.revision) return done({ ...answer, outcome: 'changed' });
  const refusal = refuseBlocked({ release, draft });
  if (refusal) return { ok: false, refusal };
  await writeApproval(scope, { release, draft });
  const details = { ...detailsOf(draft, proposal), late: isLate };
  scope.audit({ action: 'draft.approved', releaseId: release.id, subject: draft.id, details });
  await cancelTimers(scope, draft.id);
  if (isLate) await sendNow(scope, { release, draft });
  scope.invalidateCards(release.id);
  return done({ ...answer, outcome: isLate ? 'sent' : 'approved' });
}

async function writeApproval(scope: Scope, { release, draft }: LoadedDraft): Promise<void> {
  const { actor } = scope.ctx;
  const written = await scope.tx
    .update(drafts)
    .set({
      state: 'approved',
      revision: draft.revision + 1,
      approved: draft.proposal,
      approvedByName: actorName(release, actor),
      approvedAt: new Date(scope.now),
      decidedBy: actor.kind === 'person' ? actor.personId : null,
      askedAt: draft.askedAt ?? new Date(scope.now),
    })
    .where(and(eq(drafts.id, draft.id), eq(drafts.revision, draft.revision)))
    .returning({ id: drafts.id });
  if (written.length !== 1) throw new ConflictError('the draft has changed');
}

/** What was due and not approved is carried out after all: it is due now, and compared once more as it goes out. */
async function sendNow(scope: Scope, { release, draft }: LoadedDraft): Promise<void> {
  const { id, state } = communications;
  const planned = await scope.tx
    .update(communications)
    .set({ state: 'planned', note: null, settledAt: null })
    .where(and(eq(id, draft.communicationId), eq(state, 'withheld')))
    .returning({ id });
  if (planned.length !== 1) throw new ConflictError('the item is no longer withheld');
  const details = { key: draft.item.key };
  scope.audit({
    action: 'communication.planned',
    releaseId: release.id,
    subject: draft.communicationId,
    details,
  });
  const timer = { releaseId: release.id, kind: 'communication', subjectId: draft.communicationId };
  await setTimer(scope, { ...timer, dueAt: scope.now });
}
