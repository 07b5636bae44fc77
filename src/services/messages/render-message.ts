import type { Card } from '../../core/card/card.ts';
import type { PollOutcome } from '../../core/go-no-go/decide-poll.ts';
import { messageFacts } from '../../core/template/message-facts.ts';
import type { ReleaseFacts } from '../../core/template/message-variables.ts';
import { renderTemplate } from '../../core/template/render-template.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Poll } from '../../db/queries/polls.ts';
import type { Rollout } from '../../db/queries/rollouts.ts';
import type { Services } from '../kernel/context.ts';

/** A message of the schedule from its template, with what is known of the release now. */
export function renderMessage(
  services: Pick<Services, 'templates'>,
  release: Release,
  message: {
    template: string;
    trafficPercent: number | null;
    rollout?: Rollout;
    decision?: Poll | null;
    now: number;
  },
): Card {
  const template = services.templates.get(message.template);
  if (!template) throw new Error(`there is no template "${message.template}"`);
  const { trafficPercent, now } = message;
  const facts = {
    state: release.state,
    trafficPercent,
    now,
    rolledBackReason: rollbackReason(message.rollout),
    decision: decisionOf(message.decision),
    accounts: accountsOf(release),
  };
  return renderTemplate(template, messageFacts(release.plan, facts));
}

function accountsOf({ people }: Release): NonNullable<ReleaseFacts['accounts']> {
  const holders = people.filter(({ position }) => position === 'holder');
  return Object.fromEntries(holders.map(({ role, identities }) => [role, identities]));
}

function decisionOf(poll: Poll | null | undefined): { outcome: PollOutcome; at: number } | null {
  if (poll?.kind !== 'decision' || poll.outcome === null || poll.closedAt === null) return null;
  return { outcome: poll.outcome, at: poll.closedAt };
}

/** Of the rollback that was asked for; the ones after it repeat it. */
function rollbackReason(rollout: Rollout | undefined): string | null {
  const rollback = rollout?.operations.findLast(
    ({ kind, state }) => kind === 'rollback' && state === 'succeeded',
  );
  return rollback?.reason ?? null;
}
