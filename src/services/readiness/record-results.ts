import * as z from 'zod';
import { line } from '../../core/card/line.ts';
import { GRADES } from '../../core/plan/readiness-schema.ts';
import { deriveGates } from '../../core/readiness/gates/derive-gates.ts';
import type { GateValue, PlannedGate } from '../../core/readiness/gates/gate.ts';
import { valueHint } from '../../core/readiness/gates/gate-words.ts';
import { fitsGate } from '../../core/readiness/gates/judge-gate.ts';
import { underWayStates } from '../../core/release/release-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { suggest } from '../../lib/closest.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest, rightTo } from '../kernel/load-for-request.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { keepResults } from './keep-results.ts';

/** A clock may be so much ahead of ours, ms. */
const maxAheadMs = 5 * 60_000;
const maxResults = 100;

const evidence = z
  .url({ protocol: /^https?$/, error: 'Evidence is a link such as https://ci.example.com/runs/42.' })
  .max(2_000, 'A link has at most 2,000 characters.');

const inputSchema = z.object({
  releaseKey: z.string(),
  /** Where it comes from: the name of a source; null: a person gives it, with evidence. */
  source: z.string().max(80).nullable(),
  /** The version that was measured; null: that of the release. */
  version: z.string().max(100).nullable(),
  /** Epoch ms; null: now. */
  measuredAt: z.number().int().nullable(),
  evidence: evidence.nullable(),
  results: z
    .array(
      z.object({
        gate: z.string().max(80),
        value: z.union([z.number(), z.enum(GRADES), z.boolean()]),
      }),
    )
    .min(1)
    .max(maxResults),
});
type Input = z.infer<typeof inputSchema>;

export interface RecordedResults {
  releaseKey: string;
  /** The keys of the gates. */
  gates: string[];
}

/** Keeps what gates of a release were found to be, all or none. */
export function recordResults(args: { ctx: Ctx; input: Input }): Promise<Result<RecordedResults>> {
  const checkRight = rightTo('gate.report');
  return runVerb({ name: 'gate.report', input: inputSchema, run: record, checkRight }, args);
}

async function record(scope: Scope, input: Input): Promise<Result<RecordedResults>> {
  const loaded = await loadForRequest(scope, input.releaseKey, 'gate.report');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const refused = checkResults(scope, release, input);
  if (refused) return refused;
  const { results, evidence } = input;
  const gates = await keepResults(scope, release, {
    source: input.source ?? 'by hand',
    measuredAt: input.measuredAt ?? scope.now,
    evidence,
    results,
  });
  return done({ releaseKey: release.key, gates });
}

function checkResults(scope: Scope, release: Release, input: Input): Result<never> | null {
  const about = { releaseId: release.id };
  if (!underWayStates.some((state) => state === release.state))
    return refuse('wrong-state', `${release.key} is not under way: its gates are over.`, about);
  if (input.version !== null && input.version !== release.plan.version) {
    const message = `${release.key} is version ${release.plan.version}, and that was measured with ${input.version}.`;
    return refuse('conditions-unmet', message, about);
  }
  if (input.measuredAt !== null && input.measuredAt > scope.now + maxAheadMs)
    return refuse('invalid', 'That was measured in the future. Check the clock.', about);
  if (input.source === null && input.evidence === null) {
    const message = 'A result that is given by hand needs a link to the evidence.';
    return refuse('invalid', message, { ...about, field: 'evidence' });
  }
  const gates = deriveGates(release.plan);
  for (const { gate, value } of input.results) {
    const refused = checkResult(gates, release, { gate, value });
    if (refused) return refused;
  }
  return null;
}

function checkResult(
  gates: readonly PlannedGate[],
  release: Release,
  { gate, value }: { gate: string; value: GateValue },
): Result<never> | null {
  const planned = gates.find(({ key }) => key === gate);
  const about = { releaseId: release.id };
  if (!planned) {
    const keys = gates.map(({ key }) => key);
    const meant = suggest(gate, keys) ?? `It has: ${keys.join(', ')}.`;
    return refuse('not-found', line`${release.key} has no gate “${gate}”. ${meant}`, about);
  }
  if (fitsGate(planned, value)) return null;
  const message = `“${planned.title}” (${gate}) takes ${valueHint(planned)}.`;
  return refuse('invalid', message, { ...about, field: 'value' });
}
