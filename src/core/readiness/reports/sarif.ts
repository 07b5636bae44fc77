import * as z from 'zod';
import type { Report } from './report.ts';

const ruleSchema = z.looseObject({
  id: z.string(),
  defaultConfiguration: z.looseObject({ level: z.string().optional() }).optional(),
  properties: z.looseObject({ 'security-severity': z.coerce.number().optional() }).optional(),
});
const resultSchema = z.looseObject({
  ruleId: z.string().optional(),
  kind: z.string().optional(),
  level: z.string().optional(),
  suppressions: z.array(z.unknown()).optional(),
});
const sarifSchema = z.looseObject({
  version: z.string(),
  runs: z
    .array(
      z.looseObject({
        tool: z.looseObject({ driver: z.looseObject({ rules: z.array(ruleSchema).default([]) }) }),
        results: z.array(resultSchema),
        invocations: z.array(z.looseObject({ executionSuccessful: z.boolean().optional() })).default([]),
      }),
    )
    .min(1),
});
type Run = z.infer<typeof sarifSchema>['runs'][number];

/** From this score on (CVSS, as GitHub reads `security-severity`) a finding is critical. */
const criticalFrom = 9;

/**
 * A SARIF log (2.1.0) passes when it has no finding of the level `error` that is not suppressed, and no tool says that it
 * failed to run. Its number is how many are critical by their score; where no rule has a score, how many are errors.
 */
export function readSarif(text: string): Report | { problem: string } {
  const read = sarifSchema.safeParse(parseJson(text));
  if (!read.success)
    return { problem: 'That is not a SARIF log: it needs a version, runs and their results.' };
  const { runs } = read.data;
  const isFailed = runs.some(({ invocations }) =>
    invocations.some(({ executionSuccessful }) => executionSuccessful === false),
  );
  if (isFailed) return { problem: 'The tool says in that SARIF log that it did not run to its end.' };
  const errors = runs.flatMap((run) => openResults(run).filter((result) => levelOf(run, result) === 'error'));
  const scores = runs.flatMap((run) => openResults(run).map((result) => scoreOf(run, result)));
  const hasScores = runs.some(({ tool }) =>
    tool.driver.rules.some((rule) => scoreOfRule(rule) !== undefined),
  );
  const critical = scores.filter((score) => score !== undefined && score >= criticalFrom).length;
  return { number: hasScores ? critical : errors.length, passed: errors.length === 0 };
}

function openResults({ results }: Run) {
  return results.filter(
    ({ kind = 'fail', suppressions = [] }) => kind === 'fail' && suppressions.length === 0,
  );
}

function ruleOf({ tool }: Run, { ruleId }: Run['results'][number]) {
  return tool.driver.rules.find(({ id }) => id === ruleId);
}

/** What a result says, else its rule, else `warning`, as SARIF defines it. */
function levelOf(run: Run, result: Run['results'][number]): string {
  return result.level ?? ruleOf(run, result)?.defaultConfiguration?.level ?? 'warning';
}

function scoreOf(run: Run, result: Run['results'][number]): number | undefined {
  const rule = ruleOf(run, result);
  return rule && scoreOfRule(rule);
}

function scoreOfRule({ properties }: z.infer<typeof ruleSchema>): number | undefined {
  return properties?.['security-severity'];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
