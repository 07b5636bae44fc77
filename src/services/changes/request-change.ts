import * as z from 'zod';
import {
  applyScopeChange,
  describeScopeChange,
  scopeChangeKinds,
  scopeLists,
} from '../../core/changes/scope-change.ts';
import { findChangeRequests } from '../../db/queries/changes.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { changeRequests } from '../../db/schema/changes.ts';
import { hasVisibleText } from '../../lib/visible-text.ts';
import type { Ctx } from '../kernel/context.ts';
import { openCard } from '../kernel/effects.ts';
import { rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { loadForLateChange } from './check-late-change.ts';

const inputSchema = z.object({
  releaseKey: z.string().nullable(),
  kind: z.enum(scopeChangeKinds),
  list: z.enum(scopeLists),
  entry: z
    .string()
    .trim()
    .refine(hasVisibleText, { error: 'Say what is added, in one line.' })
    // As an entry of a plan can be.
    .max(500, 'An entry can have at most 500 characters.')
    .transform((entry) => entry.replace(/\s+/g, ' ')),
  reason: reasonSchema('A late change needs a reason: say why it can’t wait for the next release.'),
});
type Input = z.infer<typeof inputSchema>;

export interface RequestedChange {
  requestId: string;
  releaseKey: string;
}

/** Asks for a change of the scope after code freeze. Nothing changes until a second person approves it. */
export function requestChange(args: {
  ctx: Ctx;
  input: z.input<typeof inputSchema>;
}): Promise<Result<RequestedChange>> {
  const checkRight = rightTo('change.request');
  return runVerb({ name: 'change.request', input: inputSchema, run, checkRight }, args);
}

async function run(scope: Scope, input: Input): Promise<Result<RequestedChange>> {
  const { tx, ctx, now } = scope;
  const { actor } = ctx;
  const loaded = await loadForLateChange(scope, input.releaseKey);
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  if (actor.kind !== 'person')
    return refuse('not-permitted', 'Only people can ask for a late change.', { releaseId: release.id });
  const refused = await refusePointless(scope, release, input);
  if (refused) return refused;
  const requestId = ctx.newId();
  const { kind, list, entry, reason } = input;
  const by = actorName(release, actor);
  await tx.insert(changeRequests).values({
    ...{ id: requestId, releaseId: release.id, kind, list, entry, reason, state: 'open' },
    ...{ requestedById: actor.personId, requestedByName: by, requestedAt: new Date(now) },
  });
  const details = { kind, list, entry, reason, by };
  scope.audit({ action: 'change.requested', releaseId: release.id, subject: requestId, details });
  const to = destinationsFor(release, 'release');
  await openCard(scope, { releaseId: release.id, kind: 'change-request', subjectId: requestId, to });
  scope.invalidateCards(release.id);
  return done({ requestId, releaseKey: release.key });
}

/** What the scope has already, or somebody has asked for. */
async function refusePointless({ tx }: Scope, release: Release, input: Input): Promise<Result<never> | null> {
  const about = { releaseId: release.id, field: 'entry' };
  const { kind, list, entry } = input;
  if (applyScopeChange(release.plan, input) === null) {
    const there = kind === 'add' ? 'is already' : 'is not';
    return refuse('invalid', `“${entry}” ${there} in the scope of ${release.key}.`, about);
  }
  const open = await findChangeRequests(tx, release.id, 'open');
  const same = open.find((one) => one.kind === kind && one.list === list && one.entry === entry);
  if (!same) return null;
  const message = `${same.requestedByName} has already asked for this: ${describeScopeChange(input)}.`;
  return refuse('already-exists', message, about);
}
