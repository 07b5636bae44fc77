/** A person who works in the seeded workspace. */
export interface SeedPerson {
  id: string;
  /** Handle without `@`. */
  name: string;
  realName: string;
  title: string;
  email: string;
  /** `#rrggbb` */
  color: string;
}

export interface SeedChannel {
  id: string;
  name: string;
  topic: string;
  /** Whether the bot is a member. */
  bot: boolean;
  archived?: boolean;
}

/** A user group. */
export interface SeedGroup {
  id: string;
  /** Without `@`. */
  handle: string;
  name: string;
  /** Ids of people. */
  members: string[];
}

export interface WorkspaceSeed {
  team: { id: string; name: string; domain: string };
  app: { id: string; botId: string; botUserId: string; botName: string };
  people: SeedPerson[];
  channels: SeedChannel[];
  groups?: SeedGroup[];
}

/** The workspace of `npm run sandbox`: the people of the example release, and an engineer without a role. */
export const defaultSeed: WorkspaceSeed = {
  team: { id: 'T0EXAMPLE', name: 'Example Corp', domain: 'example' },
  app: { id: 'A0TMINUS', botId: 'B0TMINUS', botUserId: 'U0TMINUS', botName: 'tminus' },
  people: [
    person('Rita Moreno', 'Release manager', '#c2410c'),
    person('Emil Novak', 'Engineering lead', '#1d4ed8'),
    person('Quinn Abara', 'QA lead', '#7e22ce'),
    person('Dana Fischer', 'DevOps lead', '#0f766e'),
    person('Priya Raman', 'Product owner', '#be185d'),
    person('Sam Okoye', 'Security lead', '#4d7c0f'),
    person('Bo Lindqvist', 'Business sponsor', '#a16207'),
    person('Ines Duarte', 'Engineer', '#0369a1'),
    person('Tom Weber', 'Support agent', '#57534e'),
  ],
  channels: [
    channel('C0RELEASE', 'release-deployment', 'Live status of releases'),
    channel('C0ENGINEERING', 'engineering', 'Building and shipping'),
    channel('C0SUPPORT', 'support', 'Customer support'),
    channel('C0ALLHANDS', 'all-hands', 'News for everyone'),
    channel('C0PRODUCT', 'product', 'What we build, and why'),
    channel('C0SALES', 'sales', 'Customers and deals'),
    channel('C0EXECUTIVES', 'executives', 'Leadership'),
    channel('C0QA', 'qa', 'Test plans and results'),
    { ...channel('C0GENERAL', 'general', 'Anything else'), bot: false },
  ],
  groups: [{ id: 'S0ONCALL', handle: 'on-call', name: 'On call', members: ['U0INES'] }],
};

function person(realName: string, title: string, color: string): SeedPerson {
  const name = (realName.split(' ')[0] ?? realName).toLowerCase();
  return { id: `U0${name.toUpperCase()}`, name, realName, title, email: `${name}@example.com`, color };
}

function channel(id: string, name: string, topic: string): SeedChannel {
  return { id, name, topic, bot: true };
}
