import { roleTitle } from '../../core/plan/roles.ts';
import { releaseStateTitles } from '../../core/release/release-state.ts';
import { assessRisk, MOST_POINTS } from '../../core/risk/assess-risk.ts';
import { describePhase } from '../../core/rollout/describe-phase.ts';
import { rolloutName } from '../../core/rollout/rollout-name.ts';
import { type Html, html } from '../../lib/html.ts';
import type { Dossier } from '../../services/audit/dossier/load-dossier.ts';
import { facts, instantIn, list, table } from './table.ts';

/** What was planned. */
export function planSection({ release: { plan, key, state, goLiveAt } }: Dossier): Html {
  const at = instantIn(plan.goLive.zone);
  const scope = Object.entries(plan.scope).flatMap(([kind, entries]) =>
    entries.map((one) => `${kind}: ${one}`),
  );
  return facts('Plan', [
    ['Release', key],
    ['Product and version', `${plan.product} ${plan.version}`],
    ['Type', `${plan.type}, ${plan.stakeholders}`],
    ['State', releaseStateTitles[state]],
    ['Go-live', at(goLiveAt)],
    ['Summary', plan.summary],
    ['Contents', list(scope) ?? 'nothing is listed'],
    [`Rollout, ${rolloutName(plan)}`, list(plan.rollout.phases.map(describePhase))],
    ['Votes required from', list(plan.goNoGo.roles.map(roleTitle))],
  ]);
}

/** The six factors of risk. */
export function riskSection({ release: { plan } }: Dossier): Html {
  const { level, score, factors, mitigations } = assessRisk(plan);
  const rows = factors.map(({ title, value, points, isGiven, because }) => [
    title,
    value,
    points,
    isGiven ? 'given in the plan' : (because ?? 'assumed'),
  ]);
  return html`<p>Risk is <strong>${level}</strong>: ${score} of ${MOST_POINTS} points.</p>
${table('Risk factors', { heads: ['Factor', 'Value', 'Points', 'From'], rows, empty: '' })}
<p>What was to be done about it:</p>
${list(mitigations)}`;
}

/** Who has which role, and so which rights. */
export function peopleSection({ release: { people } }: Dossier): Html {
  const rows = people.map(({ role, position, name, identities }) => [
    roleTitle(role),
    name,
    position,
    list(identities.map(({ platform, id }) => `${platform}:${id}`)),
  ]);
  return table('People', { heads: ['Role', 'Name', 'As', 'Accounts'], rows, empty: 'Nobody has a role.' });
}
