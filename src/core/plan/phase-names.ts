/** The phases of a scheduled release, in their order (S2 §1). */
export const PHASE_NAMES = ['planning', 'development', 'testing', 'preparation', 'execution'] as const;
export type PhaseName = (typeof PHASE_NAMES)[number];

export const PHASE_TITLES: Readonly<Record<PhaseName, string>> = {
  planning: 'Planning',
  development: 'Development',
  testing: 'Testing',
  preparation: 'Preparation',
  execution: 'Deployment',
};
