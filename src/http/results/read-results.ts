import * as z from 'zod';
import { GRADES } from '../../core/plan/readiness-schema.ts';
import { deriveGates } from '../../core/readiness/gates/derive-gates.ts';
import type { GateValue } from '../../core/readiness/gates/gate.ts';
import { REPORT_FORMATS, readReport } from '../../core/readiness/reports/read-report.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import type { Queries } from '../../db/transaction.ts';

const instantSchema = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const linkSchema = z.url({ protocol: /^https?$/ }).max(2_000);

const common = {
  release: z
    .string()
    .max(80)
    .regex(/^\P{Cc}*$/u, 'must have no control characters'),
  version: z.string().max(100).optional(),
  measuredAt: instantSchema.optional(),
  url: linkSchema.optional(),
};

/** One result: a gate, and one of the three. */
const resultSchema = z
  .strictObject({
    gate: z.string().max(80),
    value: z.number().optional(),
    grade: z.enum(GRADES).optional(),
    passed: z.boolean().optional(),
  })
  .refine(
    ({ value, grade, passed }) => [value, grade, passed].filter((one) => one !== undefined).length === 1,
    'needs exactly one of value, grade and passed',
  );

const bodySchema = z.strictObject({ ...common, results: z.array(resultSchema).min(1).max(100) });
const querySchema = z.strictObject({
  ...common,
  format: z.enum(REPORT_FORMATS),
  gate: z.string().max(80),
});

/** What a request says, whatever it was sent as. */
export interface SentResults {
  releaseKey: string;
  version: string | null;
  measuredAt: number | null;
  evidence: string | null;
  results: { gate: string; value: GateValue }[];
}
type Read = SentResults | { problem: string };

/** The JSON of the documents. */
export function readJsonResults(body: Buffer): Read {
  const read = bodySchema.safeParse(parseJson(body));
  if (!read.success) return { problem: `The JSON is not as documented: ${describe(read.error)}` };
  const { results, ...about } = read.data;
  return {
    ...described(about),
    results: results.map(({ gate, value, grade, passed }) => ({
      gate,
      value: value ?? grade ?? passed ?? false,
    })),
  };
}

/** A report as a tool wrote it, for the gate that the query names. */
export async function readReportResults(db: Queries, query: unknown, body: Buffer): Promise<Read> {
  const read = querySchema.safeParse(query);
  if (!read.success) return { problem: `The query is not as documented: ${describe(read.error)}` };
  const { format, gate, ...about } = read.data;
  const report = readReport(format, body.toString('utf8'));
  if ('problem' in report) return report;
  const release = await loadRelease(db, { key: about.release });
  const planned = release && deriveGates(release.plan).find(({ key }) => key === gate);
  // What there is none of is refused, with its reason, by whoever keeps results.
  if (planned?.comparator !== 'passes')
    return { ...described(about), results: [{ gate, value: report.number }] };
  if (report.passed === undefined)
    return { problem: `A ${format} file does not say whether something passed, as ${gate} needs.` };
  return { ...described(about), results: [{ gate, value: report.passed }] };
}

function described({
  release,
  version,
  measuredAt,
  url,
}: {
  release: string;
  version?: string | undefined;
  measuredAt?: number | undefined;
  url?: string | undefined;
}) {
  return {
    releaseKey: release,
    version: version ?? null,
    measuredAt: measuredAt ?? null,
    evidence: url ?? null,
  };
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  return `${where}${issue?.message ?? 'not valid'}.`;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
