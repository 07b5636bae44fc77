import * as z from 'zod';
import {
  applyScopeChange,
  scopeChangeKinds,
  scopeChangeWords,
  scopeLists,
} from '../../core/changes/scope-change.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { hasVisibleText } from '../../lib/visible-text.ts';
import type { Ctx } from '../kernel/context.ts';
import { rightTo } from '../kernel/load-for-request.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { requireSecondPerson } from '../kernel/require-second-person.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { loadForLateChange } from './check-late-change.ts';
import { secondPersonChange } from './second-person-change.ts';

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
  const loaded = await loadForLateChange(scope, input.releaseKey);
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const refused = refusePointless(release, input);
  if (refused) return refused;
  const { kind, list, entry, reason } = input;
  const asked = await requireSecondPerson(scope, {
    act: secondPersonChange,
    release,
    topic: `${kind} ${list} ${entry}`,
    input: { kind, list, entry, reason },
    words: scopeChangeWords(input),
    zone: release.plan.goLive.zone,
    expiresAt: lapsesAt(release, scope.now),
    cards: [{ releaseId: release.id, to: destinationsFor(release, 'release') }],
  });
  return asked.ok ? done({ requestId: asked.value.requestId, releaseKey: release.key }) : asked;
}

/** So long somebody has to decide on a late change at most: three days. Milliseconds. */
const openMs = 3 * 86_400_000;

/** At go-live nothing can be approved any more; one that was missed is no end. */
function lapsesAt({ goLiveAt }: Release, now: number): number {
  return goLiveAt > now ? Math.min(now + openMs, goLiveAt) : now + openMs;
}

/** What the scope has already. */
function refusePointless(release: Release, input: Input): Result<never> | null {
  const { kind, entry } = input;
  if (applyScopeChange(release.plan, input) !== null) return null;
  const there = kind === 'add' ? 'is already' : 'is not';
  const message = `“${entry}” ${there} in the scope of ${release.key}.`;
  return refuse('invalid', message, { releaseId: release.id, field: 'entry' });
}
