import type { Plan } from '../plan/plan.ts';
import type { RoleName } from '../plan/roles.ts';
import { issue, type PlanIssue } from './plan-issue.ts';

/** What of a plan is checked here; some may be unreadable. */
type Checked = { [Part in 'goNoGo' | 'roles']?: Plan[Part] | undefined };

/** How votes are counted has to fit those who vote, and sign-off needs two people. */
export function checkPolicy({ goNoGo, roles }: Checked): PlanIssue[] {
  if (goNoGo === undefined) return [];
  const { policy, emergency, signOff } = goNoGo;
  const staffed = (path: string[], names: readonly RoleName[]) =>
    names.flatMap((name, index) =>
      roles === undefined || roles[name] !== undefined
        ? []
        : [
            issue(
              [...path, index],
              `asks ${name}, for whom the plan has no person`,
              `roles.${name} to be given`,
            ),
          ],
    );
  return [
    ...(policy ? checkCounting(policy, goNoGo.roles) : []),
    ...staffed(['goNoGo', 'policy', 'observers'], policy?.observers ?? []),
    ...staffed(['goNoGo', 'emergency', 'roles'], emergency?.roles ?? []),
    ...(signOff ? checkSigners(roles) : []),
  ];
}

type Policy = NonNullable<Plan['goNoGo']['policy']>;

function checkCounting({ rule, quorum, veto, observers }: Policy, voters: readonly RoleName[]): PlanIssue[] {
  const path = ['goNoGo', 'policy'];
  const issues: PlanIssue[] = [];
  if (rule === 'quorum' && quorum === undefined)
    issues.push(issue(path, 'has rule: quorum and no quorum', 'quorum: how many roles have to vote go'));
  if (rule !== 'quorum' && quorum !== undefined)
    issues.push(issue([...path, 'quorum'], `means nothing with rule: ${rule}`, 'rule: quorum, or no quorum'));
  if (quorum !== undefined && quorum > voters.length)
    issues.push(
      issue(
        [...path, 'quorum'],
        `is ${quorum}, but ${voters.length} roles vote`,
        `${voters.length} or fewer`,
      ),
    );
  veto.forEach((name, index) => {
    if (!voters.includes(name))
      issues.push(issue([...path, 'veto', index], `is ${name}, who does not vote`, 'a role of goNoGo.roles'));
  });
  observers.forEach((name, index) => {
    const isTwice = observers.indexOf(name) !== index;
    if (voters.includes(name))
      issues.push(
        issue(
          [...path, 'observers', index],
          `is ${name}, whose vote counts already`,
          'a role that does not vote',
        ),
      );
    else if (isTwice)
      issues.push(issue([...path, 'observers', index], `names ${name} a second time`, 'each role once'));
  });
  return issues;
}

function checkSigners(roles: Plan['roles'] | undefined): PlanIssue[] {
  if (roles === undefined) return [];
  const { release_manager: manager, business_sponsor: sponsor } = roles;
  const path = ['goNoGo', 'signOff'];
  if (!sponsor)
    return [issue(path, 'needs a business sponsor, whom the plan does not name', 'roles.business_sponsor')];
  const isSame = manager.email.toLowerCase() === sponsor.email.toLowerCase();
  const expected = 'a release manager and a business sponsor who are different people';
  return isSame ? [issue(path, `needs two people, and ${sponsor.name} is both`, expected)] : [];
}
