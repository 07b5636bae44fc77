import type { Inline } from '../card/inline.ts';
import { type Line, line } from '../card/line.ts';
import { audienceAddresses } from '../plan/audience-addresses.ts';
import { TEAM_AUDIENCES } from '../plan/audiences.ts';
import type { Plan } from '../plan/plan.ts';
import { ROLE_NAMES, ROLES, type RoleName, roleTitle } from '../plan/roles.ts';
import { findNextUpdate } from '../schedule/next-update.ts';
import { literalValue } from './literal-value.ts';
import type { ReleaseFacts } from './release-facts.ts';
import { always, list, type MessageVariable, phrase, phraseIfKnown, sometimes, timeOf } from './variable.ts';

/** The people by name: nobody is notified. */
export const PEOPLE_VARIABLES: Record<string, MessageVariable> = Object.fromEntries(
  ROLE_NAMES.map((role) => {
    const make = ROLES[role].required ? always : sometimes;
    return [`roles.${role}`, make(`the ${roleTitle(role)}'s name`, (plan) => plan.roles[role]?.name ?? '')];
  }),
);

/** Somebody who is asked to do something: a platform notifies them, where it knows them, once in a message. */
export const ASKED_VARIABLES: Record<string, MessageVariable> = {
  ...Object.fromEntries(
    ROLE_NAMES.map((role) => {
      const description = `the ${roleTitle(role)}, or whoever stands in, and their group, who have to act: notified where the platform knows them`;
      const variable = phraseIfKnown(description, (plan, facts) => asked(plan, facts, role));
      return [`ask.${role}`, { ...variable, optional: !ROLES[role].required }];
    }),
  ),
  contacts: list('everyone in the plan, who has to act: role, name, e-mail address, backup', (plan, facts) =>
    ROLE_NAMES.flatMap((role) => describeContact(plan, facts, role)),
  ),
};

/** The channels of each team, linked where the platform knows them. */
export const CHANNEL_VARIABLES: Record<string, MessageVariable> = Object.fromEntries(
  TEAM_AUDIENCES.map((audience) => [
    `channels.${audience}`,
    phrase(`the channels of the audience ${audience}`, (plan, facts) =>
      joinPlaces(audienceAddresses(plan, audience).map((address) => place(address, facts))),
    ),
  ]),
);

/** When and where those who read a message hear more. */
export const UPDATE_VARIABLES: Record<string, MessageVariable> = {
  'update.next': phraseIfKnown(
    'when and where the next message for these readers comes; empty when none is planned',
    (plan, facts) => {
      const next = findNextUpdate(plan, facts);
      return next && line`${timeOf(plan, next.at)} in ${place(next.address, facts)}`;
    },
  ),
};

/** Whoever answers for a role, with the user group that is called along with them. */
function asked(plan: Plan, facts: ReleaseFacts, role: RoleName): Line | undefined {
  const person = askedPerson(plan, facts, role);
  const group = plan.roles[role]?.group;
  if (!person || group === undefined) return person && [person];
  return line`${person} and ${{ ...place(group, facts), mention: true }}`;
}

function askedPerson(plan: Plan, { answering }: ReleaseFacts, role: RoleName): Inline | undefined {
  const name = answering?.[role]?.name ?? plan.roles[role]?.name;
  if (name === undefined) return undefined;
  const identities = answering?.[role]?.identities ?? [];
  return { type: 'person', name: literalValue(name), mention: true, identities };
}

function describeContact(plan: Plan, facts: ReleaseFacts, role: RoleName): Line[] {
  const person = plan.roles[role];
  const asked = askedPerson(plan, facts, role);
  if (person === undefined || asked === undefined) return [];
  const { email, backup } = person;
  const standIn = backup === undefined ? '' : `; backup ${literalValue(backup.name)}, ${backup.email}`;
  return [line`${roleTitle(role)}: ${asked}, ${email}${standIn}`];
}

function place(address: string, { destinations }: ReleaseFacts): Extract<Inline, { type: 'place' }> {
  return { type: 'place', name: address, destination: destinations?.get(address) ?? null };
}

function joinPlaces(places: readonly Inline[]): Line {
  return places.flatMap((one, index) => {
    if (index === 0) return [one];
    return [index === places.length - 1 ? ' and ' : ', ', one];
  });
}
