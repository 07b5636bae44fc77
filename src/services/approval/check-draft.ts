import * as z from 'zod';
import { type EditedText, editedTextOf, maxBodyLength } from '../../core/approval/edited-text.ts';
import { messageOf } from '../../core/approval/proposal.ts';
import { headWithin } from '../../lib/shorten-text.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { describeStanding, draftInput, loadForDecision, refuseBlocked } from './load-for-decision.ts';

const inputSchema = draftInput.extend({ change: z.enum(['draft.edit', 'draft.hold']) });
type Input = z.infer<typeof inputSchema>;

export interface CheckedDraft {
  draftId: string;
  revision: number;
  releaseKey: string;
  title: string;
  /** The text as it would go out; where it is longer than a form takes, its beginning. */
  text: EditedText;
  isCut: boolean;
  /** Whether it is approved, which a change ends. */
  isApproved: boolean;
}

/** Whether somebody may edit or hold a draft as they see it: asked before the form for it opens. */
export function checkDraft(args: { ctx: Ctx; input: Input }): Promise<Result<CheckedDraft>> {
  return runVerb({ name: 'draft.check', input: inputSchema, run: check }, args);
}

async function check(scope: Scope, { change, ...input }: Input): Promise<Result<CheckedDraft>> {
  const loaded = await loadForDecision(scope, input, change);
  if (!loaded.ok) return loaded;
  const { release, draft } = loaded.value;
  const isHeldAlready = draft.state === 'held' || draft.itemState === 'withheld';
  if (change === 'draft.hold' && isHeldAlready)
    return refuse('wrong-state', describeStanding(release, draft), { releaseId: release.id });
  const refusal = change === 'draft.edit' ? refuseBlocked(loaded.value) : null;
  if (refusal) return { ok: false, refusal };
  const { edited } = draft.proposal;
  const message = messageOf(draft.proposal);
  const text = edited ?? (message === null ? { title: '', body: '' } : editedTextOf(message));
  return done({
    draftId: draft.id,
    revision: draft.revision,
    releaseKey: release.key,
    title: draft.item.title,
    text: { ...text, body: headWithin(text.body, maxBodyLength) },
    isCut: text.body.length > maxBodyLength,
    isApproved: draft.state === 'approved',
  });
}
