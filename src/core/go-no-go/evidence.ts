import { type Contents, contentsOf } from '../plan/compare-plans.ts';
import type { Plan } from '../plan/plan.ts';
import { digestOf } from '../plan/plan-digest.ts';
import { assessRisk, MOST_POINTS, type RiskLevel } from '../risk/assess-risk.ts';

/** What is known of a release when somebody votes on it. Instants are ISO 8601. */
export interface Evidence {
  contents: Contents;
  risk: { level: RiskLevel; points: number; most: number };
  gates: EvidenceGate[];
  /** The gates before the vote; left out where no result of any has come, and in evidence of older versions. */
  readiness?: EvidenceReadiness | undefined;
  tasks: EvidenceTasks;
}

/** A gate as it was last read. */
export interface EvidenceGate {
  title: string;
  /** With its unit; null: there was no reading. */
  value: string | null;
  threshold: string;
  state: 'pass' | 'fail' | 'unknown';
  source: string;
  /** When it was read; null: there was no reading. */
  at: string | null;
}

/** What is known of the gates before the vote. */
export interface EvidenceReadiness {
  passing: number;
  /** Those of which no result has come. */
  missing: number;
  /** Those that don't pass: with a result that fails or is stale, or waived. */
  others: {
    title: string;
    state: 'fail' | 'stale' | 'waived';
    value: string | null;
    limit: string;
    /** Who waived it, and until when; null unless it is waived. */
    waiver: { by: string; until: string; reason: string } | null;
  }[];
}

export interface EvidenceTasks {
  open: number;
  done: number;
  /** Those that were due and not done. */
  overdue: EvidenceTask[];
}

export interface EvidenceTask {
  key: string;
  title: string;
  /** Who answers for it. */
  owner: string;
  dueAt: string;
}

/** What there is to know of a plan, with what was found of its gates and tasks. */
export function makeEvidence(plan: Plan, found: Pick<Evidence, 'gates' | 'readiness' | 'tasks'>): Evidence {
  const { level, score } = assessRisk(plan);
  return { contents: contentsOf(plan), risk: { level, points: score, most: MOST_POINTS }, ...found };
}

/** The same for the same evidence, in 64 characters. */
export function evidenceDigest(evidence: Evidence): string {
  return digestOf(evidence);
}

/** What a voter should know before they vote, in short sentences; the worst first. `withRisk`: where nothing else says it. */
export function evidenceLines(
  { contents, risk, gates, readiness, tasks }: Evidence,
  { withRisk = true }: { withRisk?: boolean } = {},
): string[] {
  const { overdue } = tasks;
  const failing = gates.filter(({ state }) => state !== 'pass');
  const titles = overdue.slice(0, 3).map(({ title, owner }) => `${title} (${owner})`);
  const more = overdue.length > titles.length ? ` and ${overdue.length - titles.length} more` : '';
  return [
    ...failing.map(({ title, value, threshold, state }) =>
      state === 'unknown'
        ? `❔ ${title}: no current value`
        : `🔴 ${title}: ${value ?? ''} (must be ${threshold})`,
    ),
    ...readinessLines(readiness),
    ...(overdue.length > 0 ? [`⚠️ Overdue: ${titles.join(', ')}${more}`] : []),
    `Tasks: ${tasks.done} done, ${tasks.open} open`,
    ...(withRisk ? [`Risk: ${risk.level} (${risk.points} of ${risk.most})`] : []),
    ...(contents.build === null ? [] : [`Build ${contents.build.slice(0, 12)}`]),
  ];
}

const marks = { fail: '🔴', stale: '❔', waived: '🟡' } as const;

function readinessLines(readiness: Evidence['readiness']): string[] {
  if (!readiness) return [];
  const { passing, missing, others } = readiness;
  const lines = others.map(({ title, state, value, limit, waiver }) => {
    const measured = `${title}: ${value ?? 'no result'} (${limit})`;
    if (state === 'stale') return `${marks.stale} ${measured}, out of date`;
    return waiver === null
      ? `${marks.fail} ${measured}`
      : `${marks.waived} ${measured}, waived by ${waiver.by}: ${waiver.reason}`;
  });
  const rest = missing === 0 ? '' : `, ${missing} without a result`;
  return [...lines, `Gates before the vote: ${passing} pass${rest}`];
}
