/** Who is told, and in which channel unless the plan names others (S1 §8.1 lists the audiences). */

export const AUDIENCES = [
  'release',
  'engineering',
  'support',
  'product',
  'sales',
  'executives',
  'qa',
  'allHands',
] as const;

export type Audience = (typeof AUDIENCES)[number];

export const DEFAULT_CHANNELS: Readonly<Record<Audience, string>> = {
  release: '#release-deployment',
  engineering: '#engineering',
  support: '#support',
  product: '#product',
  sales: '#sales',
  executives: '#executives',
  qa: '#qa',
  allHands: '#all-hands',
};

/** How people call an audience. */
export const AUDIENCE_TITLES: Readonly<Record<Audience, string>> = {
  release: 'everyone who works on the release',
  engineering: 'engineering and on-call',
  support: 'support',
  product: 'product',
  sales: 'sales',
  executives: 'executives',
  qa: 'QA',
  allHands: 'all hands',
};

/** Addresses by audience, in place of the default ones. */
export type AudienceChannels = Readonly<{ [Each in Audience]?: readonly string[] | undefined }>;

/** True when `value` names an audience. */
export function isAudience(value: string): value is Audience {
  return AUDIENCES.some((audience) => audience === value);
}
