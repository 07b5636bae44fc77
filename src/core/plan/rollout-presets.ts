import type { MetricName } from '../metrics/metric-registry.ts';
import type { RiskTolerance, Strategy } from './planning-arguments.ts';

/**
 * The phases of every strategy, each figure from S1 or S2, or marked as ours.
 *
 * - S1 gives its phase 3 no figures ("within SLA"): the SLA is S1 §5.3, error rate < 0.1 %, p95 < 200 ms. Presets for
 *   which the seeds give no figures are held to it, too.
 * - S2 has an else-branch where the risk tolerance is not named. It is taken for `high`; `zero-downtime`, whose limits
 *   are the strictest of all (S2 §3), gets what `low` gets (ADR 52).
 */

export const PRESET_NAMES = [
  'staged',
  'quick',
  'gradual',
  'cut-over',
  'batches',
  'audiences',
  'all-at-once',
] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** What has to be below which figure, in the metric's unit; `window` where it is not the default. */
export type PresetCriteria = readonly { metric: MetricName; below: number; window?: string }[];

export interface PresetPhase {
  /** Percent of what the strategy shares out: traffic, instances or users. */
  trafficPercent: number;
  /** How long it holds before the next one, ISO 8601. Of a last phase: how long it is watched. */
  soak: string | ByTolerance;
  criteria: PresetCriteria;
  /** Who meets the new version. */
  audience: string;
  source: string;
}

export interface RolloutPreset {
  strategy: Strategy;
  /** In the middle of a sentence. */
  title: string;
  source: string;
  phases: readonly PresetPhase[];
}

export type ByTolerance = Readonly<Record<RiskTolerance, string>>;

/** How long a phase of S2's canary lasts (S2 §2, `phase_duration`). */
const phaseLength: ByTolerance = {
  low: 'PT24H',
  medium: 'PT4H',
  high: 'PT1H',
  'zero-downtime': 'PT24H',
};

/** Ours: the seeds say that metrics are watched at each share, not for how long; 15 minutes are S1 §6.1's longest window. */
const shareLength: ByTolerance = {
  low: 'PT4H',
  medium: 'PT1H',
  high: 'PT15M',
  'zero-downtime': 'PT4H',
};

/** Percent of requests that fail, and the response time in milliseconds. */
function figures(errorRate: number, latency: number, window?: string): PresetCriteria {
  const more = window === undefined ? {} : { window };
  return [
    { metric: 'error-rate', below: errorRate, ...more },
    { metric: 'latency-p95', below: latency, ...more },
  ];
}

/** S1 §5.3. */
export const SLA = { errorRate: 0.1, latency: 200 };

export function withinSla(window?: string): PresetCriteria {
  return figures(SLA.errorRate, SLA.latency, window);
}

const [quick, sla] = [figures(0.1, 500), withinSla()];
const everybody = 'All production users';
const half = 'Half of production traffic';

/** S1 §2.2. */
const staged: readonly PresetPhase[] = [
  {
    trafficPercent: 1,
    soak: 'PT24H',
    criteria: figures(0.1, 200),
    audience: 'Internal users and early adopters',
    source: 'S1 §2.2 phase 1',
  },
  {
    trafficPercent: 10,
    soak: 'PT48H',
    criteria: figures(0.05, 150),
    audience: 'Beta users and selected customers',
    source: 'S1 §2.2 phase 2',
  },
  {
    trafficPercent: 50,
    soak: 'PT72H',
    criteria: sla,
    audience: half,
    source: 'S1 §2.2 phase 3, §5.3',
  },
  { trafficPercent: 100, soak: 'PT0S', criteria: [], audience: everybody, source: 'S1 §2.2 phase 4' },
];

/** Shares, each held so long, until everybody has it. */
function inShares(
  shares: readonly (readonly [trafficPercent: number, audience: string])[],
  phase: Pick<PresetPhase, 'soak' | 'criteria' | 'source'>,
): PresetPhase[] {
  return [
    ...shares.map(([trafficPercent, audience]) => ({ trafficPercent, audience, ...phase })),
    { ...phase, trafficPercent: 100, soak: 'PT0S', criteria: [], audience: everybody },
  ];
}

const fewUsers = 'One in twenty users';
const quarter = 'A quarter of production traffic';

/** The phases of all presets but `batches`, whose shares are those of `rolling-batches.ts`. */
export const PRESETS: Readonly<Record<PresetName, RolloutPreset>> = {
  staged: {
    strategy: 'canary',
    title: 'a canary in stages of days',
    source: 'S1 §2.2',
    phases: staged,
  },
  quick: {
    strategy: 'canary',
    title: 'a canary whose phases are as long as the risk tolerance asks',
    source: 'S2 §2',
    phases: inShares(
      [
        [5, fewUsers],
        [25, quarter],
        [50, half],
      ],
      { soak: phaseLength, criteria: quick, source: 'S2 §2' },
    ),
  },
  gradual: {
    strategy: 'blue-green',
    title: 'traffic moves from blue to green in shares, after the tests at 0 %',
    source: 'S1 §4.3',
    phases: inShares(
      [
        [5, fewUsers],
        [25, quarter],
        [50, half],
      ],
      { soak: shareLength, criteria: sla, source: 'S1 §4.3' },
    ),
  },
  'cut-over': {
    strategy: 'blue-green',
    title: 'all traffic moves from blue to green at once, after the tests at 0 %',
    source: 'S2 §2',
    // Blue is kept for 24 hours (S1 §4.3).
    phases: [
      {
        trafficPercent: 100,
        soak: 'PT24H',
        criteria: sla,
        audience: everybody,
        source: 'S2 §2, S1 §4.3',
      },
    ],
  },
  batches: {
    strategy: 'rolling',
    title: 'instances are updated in batches',
    source: 'S2 §2',
    phases: [],
  },
  audiences: {
    strategy: 'feature-toggle',
    title: 'the feature is switched on for one audience after the other',
    source: 'S2 §2',
    // The four steps of S2 §2; the shares of the first two are S1 §2.2's, the others S1 §2.3's.
    phases: [
      {
        trafficPercent: 1,
        soak: phaseLength,
        criteria: sla,
        audience: 'The development team only',
        source: 'S2 §2, S1 §2.2',
      },
      {
        trafficPercent: 10,
        soak: phaseLength,
        criteria: sla,
        audience: 'Selected beta users',
        source: 'S2 §2, S1 §2.2',
      },
      {
        trafficPercent: 25,
        soak: phaseLength,
        criteria: sla,
        audience: 'A quarter of all users',
        source: 'S2 §2, S1 §2.3',
      },
      {
        trafficPercent: 50,
        soak: phaseLength,
        criteria: sla,
        audience: 'Half of all users',
        source: 'S2 §2, S1 §2.3',
      },
      { trafficPercent: 100, soak: 'PT0S', criteria: [], audience: 'All users', source: 'S2 §2' },
    ],
  },
  'all-at-once': {
    strategy: 'big-bang',
    title: 'everybody gets it at once, and it is watched the longest',
    source: 'S2',
    // The longest phase of S1 §2.2.
    phases: [
      { trafficPercent: 100, soak: 'PT72H', criteria: sla, audience: everybody, source: 'S2, S1 §2.2' },
    ],
  },
};
