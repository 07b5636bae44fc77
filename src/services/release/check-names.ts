import { rolesVotingTogether } from '../../core/go-no-go/roles-voting-together.ts';
import { isSameName } from '../../core/people/same-name.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { type RoleName, roleTitle } from '../../core/plan/roles.ts';
import type { FoundPerson } from './look-up-people.ts';

/** What to do where a plan's name is not that of the account at its e-mail address. */
export type DifferingNames = 'refuse' | 'use-account';

/** A sentence for everyone whom a plan calls by another name than their account does. */
export function nameProblems(people: readonly FoundPerson[]): string[] {
  return people.filter(isCalledOtherwise).map((person) => {
    const { name, email } = person;
    const [account] = person.accountNames;
    return `${placeOf(person)}: ${email} is the account of ${account}, but the plan says ${name}. Correct the address, or write the name ${account}.`;
  });
}

/** The plan with the accounts' names for those whom it calls otherwise; each keeps their own. */
export function withAccountNames(plan: Plan, people: readonly FoundPerson[]): Plan {
  const roles = { ...plan.roles };
  for (const { role, position, name } of people.filter(isCalledOtherwise).map(asAccount)) {
    const person = roles[role];
    if (!person) continue;
    if (position === 'holder') roles[role] = { ...person, name };
    else if (person.backup) roles[role] = { ...person, backup: { ...person.backup, name } };
  }
  return { ...plan, roles };
}

/** Somebody by the name of their account, where the plan gives another one. */
export function asAccount(person: FoundPerson): FoundPerson {
  const [account] = person.accountNames;
  return account !== undefined && isCalledOtherwise(person) ? { ...person, name: account } : person;
}

/** A sentence for everyone who would vote for several roles, where the plan requires different people. */
export function distinctPeopleProblems(plan: Plan, people: readonly FoundPerson[]): string[] {
  if (!plan.goNoGo.distinctPeople) return [];
  return [...new Set(rolesVotingTogether(plan).flatMap((roles) => sharedAmong(roles, people)))];
}

function sharedAmong(roles: readonly RoleName[], people: readonly FoundPerson[]): string[] {
  const voters = people.filter(({ role, position }) => position === 'holder' && roles.includes(role));
  return voters.flatMap((voter, index) => {
    const earlier = voters.slice(0, index).find((other) => sharesAccount(voter, other));
    if (!earlier) return [];
    const [one, other] = [roleTitle(earlier.role), roleTitle(voter.role)];
    return [
      `${one} and ${other} are the same person, ${earlier.name}; goNoGo.distinctPeople requires different people.`,
    ];
  });
}

function isCalledOtherwise({ name, accountNames }: FoundPerson): boolean {
  return accountNames.length > 0 && !accountNames.some((account) => isSameName(name, account));
}

function sharesAccount(one: FoundPerson, other: FoundPerson): boolean {
  return one.accounts.some((account) =>
    other.accounts.some(({ platform, id }) => platform === account.platform && id === account.id),
  );
}

function placeOf({ role, position }: FoundPerson): string {
  return position === 'backup' ? `${roleTitle(role)}, backup` : roleTitle(role);
}
