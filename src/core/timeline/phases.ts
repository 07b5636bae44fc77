import { PHASE_NAMES, type PhaseName } from '../plan/phase-names.ts';
import type { ReleaseType, Strategy } from '../plan/planning-arguments.ts';

/**
 * The phases of a scheduled release (S2 §1, `ScheduledReleaseManager`). A range such as "4–6 weeks" is taken at its
 * upper end. Patch, feature flag and what S2 does not name share its else-branch; a hotfix is S2's "1–3 days planning,
 * same-day execution", with development and testing within a single day of planning.
 */

export interface DefaultPhaseLength {
  /** Calendar days or weeks, such as `P6W`. */
  length: string;
  activities: readonly string[];
}

type Phases = Readonly<Partial<Record<PhaseName, DefaultPhaseLength>>>;

const major: Phases = {
  planning: {
    length: 'P6W',
    activities: [
      'finalise requirements',
      'review the architecture',
      'assess risks',
      'allocate resources',
      'align stakeholders',
    ],
  },
  development: {
    length: 'P12W',
    activities: ['develop features', 'test units', 'review code', 'test integration', 'update documentation'],
  },
  testing: {
    length: 'P4W',
    activities: [
      'test the system',
      'user acceptance tests',
      'test performance',
      'test security',
      'test for regressions',
    ],
  },
  preparation: {
    length: 'P2W',
    activities: [
      'test deployment scripts',
      'validate the rollback',
      'set up monitoring',
      'prepare communication',
      'final approval of stakeholders',
    ],
  },
  execution: {
    length: 'P3D',
    activities: [
      'check before deployment',
      'deploy to production',
      'validate after deployment',
      'notify stakeholders',
      'finish documentation',
    ],
  },
};

const minor: Phases = {
  planning: {
    length: 'P3W',
    activities: ['scope features', 'technical design', 'plan resources', 'confirm the timeline'],
  },
  development: {
    length: 'P6W',
    activities: ['implement features', 'test units', 'test integration', 'review code'],
  },
  testing: {
    length: 'P2W',
    activities: ['test the system', 'user acceptance tests', 'test for regressions'],
  },
  preparation: {
    length: 'P5D',
    activities: ['validate the deployment', 'prepare communication', 'approval of stakeholders'],
  },
  execution: { length: 'P2D', activities: ['deploy to production', 'validate', 'communicate'] },
};

const small: Phases = {
  planning: { length: 'P2W', activities: ['analyse bugs', 'scope fixes', 'assess risks'] },
  development: { length: 'P3W', activities: ['fix bugs', 'test units', 'review code'] },
  testing: { length: 'P5D', activities: ['targeted tests', 'test for regressions'] },
  execution: { length: 'P1D', activities: ['deploy', 'validate', 'communicate'] },
};

const hotfix: Phases = {
  planning: {
    length: 'P1D',
    activities: ['analyse the bug', 'fix it', 'review the code', 'targeted tests', 'assess risks'],
  },
  execution: { length: 'P1D', activities: ['deploy', 'validate', 'communicate'] },
};

const byType: Readonly<Record<ReleaseType, Phases>> = {
  major,
  minor,
  patch: small,
  'feature-flag': small,
  hotfix,
};

/** How long the deployment of a major release takes, by strategy; any other strategy takes what `major` says. */
const majorExecution: Readonly<Partial<Record<Strategy, string>>> = {
  'blue-green': 'P2D',
  canary: 'P5D',
};

/** What each phase has brought by its end. */
export const PHASE_RESULTS: Readonly<Record<PhaseName, readonly string[]>> = {
  planning: [
    'requirements are final',
    'the architecture is approved',
    'risks are assessed',
    'the decision to begin is made',
  ],
  development: ['features are frozen', 'the code is complete', 'unit tests pass', 'the code is reviewed'],
  testing: [
    'the system is tested',
    'users have accepted it',
    'performance is validated',
    'security has cleared it',
  ],
  preparation: [
    'deployment scripts are validated',
    'the rollback is tested',
    'the communication plan is approved',
    'stakeholders have signed off',
  ],
  execution: [
    'it is in production',
    'health checks pass',
    'stakeholders are notified',
    'the review after deployment is scheduled',
  ],
};

/** The phases that a type of release has, in their order. One that it lacks can be added by giving it a length. */
export function defaultPhases({
  type,
  rollout,
  timeline,
}: {
  type: ReleaseType;
  rollout: { strategy: Strategy };
  timeline: Readonly<Partial<Record<PhaseName, string | undefined>>>;
}): (DefaultPhaseLength & { name: PhaseName })[] {
  return PHASE_NAMES.flatMap((name) => {
    const phase = byType[type][name] ?? addedPhase(name, timeline[name]);
    if (phase === undefined) return [];
    const byStrategy =
      type === 'major' && name === 'execution' ? majorExecution[rollout.strategy] : undefined;
    return [{ name, ...phase, length: byStrategy ?? phase.length }];
  });
}

/** What there is to do in it is said where the phase is at home. */
function addedPhase(name: PhaseName, length: string | undefined): DefaultPhaseLength | undefined {
  return length === undefined ? undefined : { length, activities: minor[name]?.activities ?? [] };
}
