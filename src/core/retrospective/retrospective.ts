import type { Frequency, TeamSize } from '../plan/planning-arguments.ts';

/** When the retrospective is held, how long it takes and what is talked about (S2 §5). */
export interface Retrospective {
  timing: 'weekly' | 'after each release' | 'monthly';
  /** Minutes. */
  minutes: number;
  agenda: readonly AgendaPart[];
  /** In threads that stay open for a day, where the team does not meet. */
  inThreads: boolean;
}

export interface AgendaPart {
  title: string;
  minutes: number;
}

const timings: Readonly<Record<Frequency, Retrospective['timing']>> = {
  continuous: 'weekly',
  weekly: 'after each release',
  monthly: 'monthly',
  quarterly: 'monthly',
};

/** A distributed team is a large one whose meetings are threads. */
const lengths: Readonly<Record<TeamSize, number>> = { small: 60, medium: 90, large: 120, distributed: 120 };

/** S2's agenda, which adds up to 90 minutes. */
const agenda: readonly AgendaPart[] = [
  { title: 'Welcome and objectives', minutes: 5 },
  { title: 'Figures and outcome of the release', minutes: 20 },
  { title: 'What went well', minutes: 15 },
  { title: 'What could be better', minutes: 20 },
  { title: 'Action items', minutes: 15 },
  { title: 'Processes and tools', minutes: 10 },
  { title: 'Next steps', minutes: 5 },
];

/** To how many minutes a part of the agenda is rounded. */
const step = 5;

/** The retrospective of a product that is released so often by a team of that size. */
export function retrospectiveFor(frequency: Frequency, teamSize: TeamSize): Retrospective {
  const minutes = lengths[teamSize];
  return {
    timing: timings[frequency],
    minutes,
    agenda: scaledAgenda(minutes),
    inThreads: teamSize === 'distributed',
  };
}

/** The parts in proportion, in steps of five minutes; where each part ends is rounded, so that the sum is exact. */
function scaledAgenda(minutes: number): AgendaPart[] {
  const total = agenda.reduce((sum, part) => sum + part.minutes, 0);
  let planned = 0;
  let ends = 0;
  return agenda.map(({ title, minutes: own }) => {
    planned += own;
    const end = Math.round((planned * minutes) / total / step) * step;
    const part = { title, minutes: end - ends };
    ends = end;
    return part;
  });
}
