import type { Inline } from '../card/inline.ts';
import type { Plan } from '../plan/plan.ts';
import { type RoleName, roleTitle } from '../plan/roles.ts';
import { pollInstant } from '../schedule/poll-instant.ts';
import { decisionPhrase } from './release-facts.ts';
import { list, type MessageVariable, phraseIfKnown, sometimes, timeOf } from './variable.ts';

/** Who decides, when, and what was decided. */
export const POLL_VARIABLES: Record<string, MessageVariable> = {
  'goNoGo.voters': list('who votes: role and name', (plan) =>
    plan.goNoGo.roles.flatMap((role) => namedRole(plan, role)),
  ),
  'goNoGo.readinessOpens': phraseIfKnown('when the readiness check opens', (plan) =>
    pollTime(plan, 'readiness', 'opens'),
  ),
  'goNoGo.readinessCloses': phraseIfKnown('when the readiness check closes', (plan) =>
    pollTime(plan, 'readiness', 'closes'),
  ),
  'goNoGo.decisionOpens': decisionTime('when the decision poll opens', 'opens'),
  'goNoGo.decisionCloses': decisionTime('when the decision poll closes', 'closes'),
  'decision.outcome': phraseIfKnown('go or no-go, and when; empty when none is known', decisionPhrase),
  'decision.stands': sometimes('"yes" when a go stands and the rollout has not begun', (_, { state }) =>
    state === 'approved' ? 'yes' : '',
  ),
};

/** A plan has exactly one decision poll. */
function decisionTime(description: string, edge: 'opens' | 'closes'): MessageVariable {
  return { ...phraseIfKnown(description, (plan) => pollTime(plan, 'decision', edge)), optional: false };
}

function pollTime(plan: Plan, kind: 'readiness' | 'decision', edge: 'opens' | 'closes'): Inline | undefined {
  const instant = pollInstant(plan, kind, edge);
  return instant === undefined ? undefined : timeOf(plan, instant);
}

function namedRole(plan: Plan, role: RoleName): string[] {
  const person = plan.roles[role];
  return person === undefined ? [] : [`${roleTitle(role)}: ${person.name}`];
}
