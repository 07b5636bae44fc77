import * as z from 'zod';
import type { Report } from './report.ts';

const ruleSchema = z.looseObject({
  id: z.string(),
  defaultConfiguration: z.looseObject({ level: z.string().optional() }).optional(),
  properties: z.looseObject({ 'security-severity': z.coerce.number().optional() }).optional(),
});
const componentSchema = z.looseObject({ rules: z.array(ruleSchema).default([]) });
const resultSchema = z.looseObject({
  ruleId: z.string().optional(),
  ruleIndex: z.int().min(-1).optional(),
  rule: z
    .looseObject({
      id: z.string().optional(),
      index: z.int().min(-1).optional(),
      toolComponent: z.looseObject({ index: z.int().min(-1).optional() }).optional(),
    })
    .optional(),
  kind: z.string().optional(),
  level: z.string().optional(),
  suppressions: z.array(z.looseObject({ status: z.string().optional() })).optional(),
});
const sarifSchema = z.looseObject({
  version: z.string(),
  runs: z
    .array(
      z.looseObject({
        tool: z.looseObject({
          driver: componentSchema,
          // Where rules are grouped by their pack.
          extensions: z.array(componentSchema).default([]),
        }),
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
  const isUnclear = runs.some((run) =>
    openResults(run).some((result) => result.level === undefined && isNamed(result) && !ruleOf(run, result)),
  );
  if (isUnclear)
    return { problem: 'That SARIF log has findings without a level, whose rules are not in it.' };
  const errors = runs.flatMap((run) => openResults(run).filter((result) => levelOf(run, result) === 'error'));
  const scores = runs.flatMap((run) => openResults(run).map((result) => scoreOf(run, result)));
  const hasScores = runs.some((run) => rulesOf(run).some((rule) => scoreOfRule(rule) !== undefined));
  const critical = scores.filter((score) => score !== undefined && score >= criticalFrom).length;
  return { number: hasScores ? critical : errors.length, passed: errors.length === 0 };
}

function openResults({ results }: Run) {
  return results.filter((result) => (result.kind ?? 'fail') === 'fail' && !isSuppressed(result));
}

/** Once somebody has said yes to that, and nobody no or not yet. Without a status it was agreed to. */
function isSuppressed({ suppressions = [] }: Run['results'][number]): boolean {
  return suppressions.length > 0 && suppressions.every(({ status = 'accepted' }) => status === 'accepted');
}

function rulesOf({ tool }: Run) {
  return [tool.driver, ...tool.extensions].flatMap(({ rules }) => rules);
}

function isNamed({ ruleId, ruleIndex, rule }: Run['results'][number]): boolean {
  return (ruleId ?? rule?.id ?? ruleIndex ?? rule?.index) !== undefined;
}

/** By its place in the list of its component, the tool's own unless another is named; else by its name. -1 is no place. */
function ruleOf(run: Run, { ruleId, ruleIndex, rule }: Run['results'][number]) {
  const { driver, extensions } = run.tool;
  const component = extensions[rule?.toolComponent?.index ?? -1] ?? driver;
  const placed = component.rules[rule?.index ?? ruleIndex ?? -1];
  const name = ruleId ?? rule?.id;
  // A rule of a finer name, `CA1000/1`, is told by its place alone.
  if (placed && (name === undefined || name === placed.id || name.startsWith(`${placed.id}/`))) return placed;
  return rulesOf(run).find(({ id }) => id === name);
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
