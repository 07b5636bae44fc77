import type { TrailEvent } from '../audit/trail-event.ts';
import { isRoleName, roleTitle } from '../plan/roles.ts';
import { type ReleaseState, releaseStateTitles } from '../release/release-state.ts';

/** What happened, for somebody who takes over: a clause without its time; null for what they need not know. */
export function describeEvent(
  event: Pick<TrailEvent, 'action' | 'actorName' | 'subject' | 'details'>,
): string | null {
  const words = Object.hasOwn(clauses, event.action) ? clauses[event.action] : undefined;
  return words ? words(event) : null;
}

type Told = Parameters<typeof describeEvent>[0];

const by = ({ actorName = 'somebody' }: Told) => actorName;
const detail = ({ details }: Told, name: string) => {
  const value = details[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
const because = (event: Told) => (detail(event, 'reason') === '' ? '' : `: ${detail(event, 'reason')}`);

/** Everything else is routine. */
const clauses: Readonly<Record<string, (event: Told) => string>> = {
  'release.created': (event) => `${by(event)} planned it`,
  'release.edited': (event) => `${by(event)} changed the plan`,
  'release.rescheduled': (event) => `${by(event)} moved go-live${because(event)}`,
  'release.paused': (event) => `${by(event)} paused it${because(event)}`,
  'release.resumed': (event) => `${by(event)} resumed it`,
  'release.moved': (event) => `it is now ${stateTitle(detail(event, 'to'))}`,
  'role.reassigned': (event) => `${detail(event, 'to')} became ${titleOf(event.subject ?? '')}`,
  'poll.opened': () => 'a go/no-go was opened',
  'poll.closed': (event) =>
    `a go/no-go was closed: ${detail(event, 'outcome').replace('_', '-') || 'no decision'}`,
  'vote.cast': (event) => `${by(event)} voted ${detail(event, 'choice').replace('_', '-')}`,
  'freeze.broken': (event) => `${by(event)} broke a freeze for it${because(event)}`,
  'second-person.asked': (event) => `${by(event)} asked to ${detail(event, 'words')}`,
  'second-person.approved': (event) => `${by(event)} approved a promotion`,
  'second-person.refused': (event) => `${by(event)} refused a promotion${because(event)}`,
  'operation.promote.requested': (event) => `a promotion to ${detail(event, 'toPercent')} % started`,
  'operation.promote.succeeded': () => 'the promotion was confirmed',
  'operation.promote.failed': () => 'the promotion failed',
  'operation.rollback.requested': (event) => `${by(event)} rolled back${because(event)}`,
  'operation.rollback.succeeded': () => 'the rollback was confirmed',
  'operation.rollback.failed': () => 'the rollback failed',
  'deployment.recorded': (event) => `${by(event)} recorded ${detail(event, 'toPercent')} %`,
  'gates.failing': () => 'gates began to fail',
  'gates.recovered': () => 'gates were healthy again',
  'draft.approved': (event) => `${by(event)} approved a customer message`,
  'draft.held': (event) => `${by(event)} put a customer message on hold${because(event)}`,
};

function stateTitle(state: string): string {
  return Object.hasOwn(releaseStateTitles, state) ? releaseStateTitles[state as ReleaseState] : state;
}

function titleOf(role: string): string {
  return isRoleName(role) ? roleTitle(role) : role;
}
