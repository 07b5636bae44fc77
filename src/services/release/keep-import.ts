import * as z from 'zod';
import { findDraft } from '../../db/queries/release-drafts.ts';
import { releaseDrafts } from '../../db/schema/release-drafts.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { checkCreation } from './may-create-release.ts';

/** The most that is kept of one text, in characters: a plan of any length that people write, many times over. */
export const longestImport = 262_144;

const inputSchema = z.object({
  /** The release that the plan is of. */
  releaseKey: z.string(),
  /** It has that release's place to take; otherwise it is of a new one. */
  isChange: z.boolean(),
  text: z.string().max(longestImport),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Keeps the text of a plan that somebody brought, until they have confirmed it: a form carries too little. It is theirs
 * alone, for a day. It decides nothing, so the audit trail has only what comes of it. Returns its id.
 */
export async function keepImport(args: { ctx: Ctx; input: Input }): Promise<Result<{ textId: string }>> {
  const created = await askPlatform(args.ctx, () => checkCreation(args.ctx));
  const isCreator = created.ok;
  const check = async (scope: Scope, { releaseKey, isChange }: Input): Promise<Result<unknown>> =>
    isChange ? loadForRequest(scope, releaseKey, 'release.edit', { isCreator }) : created;
  const run = async (scope: Scope, input: Input) => {
    const allowed = await check(scope, input);
    return allowed.ok ? keep(scope, input) : allowed;
  };
  const checkRight = async () => (created.ok ? null : created);
  return runVerb({ name: 'release.keep-import', input: inputSchema, run, checkRight }, args);
}

async function keep({ ctx, tx }: Scope, { releaseKey, text }: Input): Promise<Result<{ textId: string }>> {
  const { actor, clock } = ctx;
  if (actor.kind !== 'person') return refuse('not-permitted', 'Only people in this workspace can do this.');
  const textId = ctx.newId();
  await tx.insert(releaseDrafts).values({
    id: textId,
    personId: actor.personId,
    values: { importedText: text },
    keptAt: new Date(clock.wall()),
    plannedAs: releaseKey,
  });
  return done({ textId });
}

/** The text that the actor brought; null: it is not there any more. */
export async function loadImport({ db, actor, clock }: Ctx, textId: string): Promise<string | null> {
  const draft = await findDraft(db, { id: textId, wall: clock.wall() });
  const isTheirs = draft && actor.kind === 'person' && draft.personId === actor.personId;
  return isTheirs ? (draft.values.importedText ?? null) : null;
}
