/** Who is told, and in which channel unless the plan names others. S1 §8.1 and S2 §4 list the audiences. */

/** Those within the organisation that every plan reaches: each has a default channel. */
export const TEAM_AUDIENCES = [
  'release',
  'engineering',
  'support',
  'product',
  'sales',
  'executives',
  'qa',
  'allHands',
] as const;

/** Where they are reached is for the plan or the configuration to say: nobody is written to by default. */
export const FURTHER_AUDIENCES = [
  'customerSuccess',
  'itLeadership',
  'compliance',
  'endUsers',
  'customers',
  'inApp',
  'helpCenter',
  'blog',
  'social',
  'press',
  'community',
  'advisoryBoard',
  'statusPage',
] as const;

/** Reached by the destinations that the plan gives for each of its tenants, not by `channels`. */
export const TENANTS = 'tenants';

export const CHANNEL_AUDIENCES = [...TEAM_AUDIENCES, ...FURTHER_AUDIENCES] as const;
export const AUDIENCES = [...CHANNEL_AUDIENCES, TENANTS] as const;

export type TeamAudience = (typeof TEAM_AUDIENCES)[number];
/** An audience that `channels` can name destinations for. */
export type ChannelAudience = (typeof CHANNEL_AUDIENCES)[number];
export type Audience = (typeof AUDIENCES)[number];

export const DEFAULT_CHANNELS: Readonly<Record<TeamAudience, string>> = {
  release: '#release-deployment',
  engineering: '#engineering',
  support: '#support',
  product: '#product',
  sales: '#sales',
  executives: '#executives',
  qa: '#qa',
  allHands: '#all-hands',
};

/** Those whom people outside the organisation belong to. */
const outside: readonly Audience[] = [
  ...(['endUsers', 'customers', 'inApp', 'helpCenter', 'blog', 'social', 'press', 'community'] as const),
  ...(['advisoryBoard', 'statusPage', TENANTS] as const),
];

/** Whether people outside the organisation read what goes to an audience. */
export function isReadOutside(audience: Audience): boolean {
  return outside.includes(audience);
}

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
  customerSuccess: 'customer success',
  itLeadership: 'IT leadership',
  compliance: 'compliance',
  endUsers: 'end users',
  customers: 'customers',
  inApp: 'in-app notifications',
  helpCenter: 'the help center',
  blog: 'the blog',
  social: 'social media',
  press: 'the press',
  community: 'the community',
  advisoryBoard: 'the customer advisory board',
  statusPage: 'the status page',
  tenants: 'tenants',
};

/** Addresses by audience, in place of the default ones. */
export type AudienceChannels = Readonly<{ [Each in ChannelAudience]?: readonly string[] | undefined }>;

/** True when `value` names an audience to which `channels` gives destinations. */
export function isChannelAudience(value: string): value is ChannelAudience {
  return CHANNEL_AUDIENCES.some((audience) => audience === value);
}
