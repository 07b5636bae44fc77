import type { Card } from '../../core/card/card.ts';
import { factsOf, factsStatedBy, type StatedFacts } from '../../core/facts/facts.ts';
import { shownVariables } from '../../core/facts/shown-variables.ts';
import type { PollOutcome } from '../../core/go-no-go/decide-poll.ts';
import type { Audience } from '../../core/plan/audiences.ts';
import { ROLE_NAMES } from '../../core/plan/roles.ts';
import type { Exposure } from '../../core/rollout/measure-exposure.ts';
import { messageFacts } from '../../core/template/message-facts.ts';
import type { ReleaseFacts } from '../../core/template/release-facts.ts';
import { renderTemplate } from '../../core/template/render-template.ts';
import type { Template } from '../../core/template/template.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Poll } from '../../db/queries/polls.ts';
import { beganWithoutGo, type Rollout, recordOf } from '../../db/queries/rollouts.ts';
import type { Services } from '../kernel/context.ts';
import { whoAnswersFor } from '../kernel/stand-ins.ts';

interface MessageOfSchedule {
  template: string;
  trafficPercent: number | null;
  rollout?: Rollout;
  decision?: Poll | null;
  exposure?: Exposure | null;
  audience?: Audience;
  wave?: ReleaseFacts['wave'];
  now: number;
}

/** A message of the schedule from its template, with what is known of the release now. */
export function renderMessage(
  services: Pick<Services, 'templates' | 'productTemplates' | 'driver'>,
  release: Release,
  message: MessageOfSchedule,
): Card {
  return renderStating(services, release, message).content;
}

/** The same, with the facts of the release that its readers learn from it. */
export function renderStating(
  services: Pick<Services, 'templates' | 'productTemplates' | 'driver'>,
  release: Release,
  message: MessageOfSchedule,
): { content: Card; states: StatedFacts } {
  const template = findTemplate(services, release, message.template);
  if (!template) throw new Error(`there is no template "${message.template}"`);
  const { trafficPercent, rollout, exposure, audience, wave, now } = message;
  const facts: ReleaseFacts = {
    state: release.state,
    trafficPercent,
    now,
    recorded: recordedBy(rollout),
    withoutGo: rollout !== undefined && beganWithoutGo(rollout),
    hasDriver: services.driver(release.plan.rollout.driver) !== undefined,
    rolledBackReason: rollbackReason(rollout),
    decision: decisionOf(message.decision),
    answering: answeringIn(release),
    exposure,
    ...(audience && { audience }),
    ...(wave && { wave }),
    destinations: new Map(release.destinations.map((one) => [one.address, one.destination])),
  };
  const values = messageFacts(release.plan, facts);
  const stated = factsStatedBy(shownVariables(template, values));
  return { content: renderTemplate(template, values), states: factsOf(release.plan, stated, wave) };
}

/** The release's template of that name: of its product, where that has its own. */
export function findTemplate(
  services: Pick<Services, 'templates' | 'productTemplates'>,
  { plan }: Release,
  name: string,
): Template | undefined {
  return (services.productTemplates.get(plan.product) ?? services.templates).get(name);
}

function answeringIn(release: Release): NonNullable<ReleaseFacts['answering']> {
  const answering = ROLE_NAMES.flatMap((role) => whoAnswersFor(release, role).slice(0, 1));
  return Object.fromEntries(answering.map(({ role, name, identities }) => [role, { name, identities }]));
}

function decisionOf(poll: Poll | null | undefined): { outcome: PollOutcome; at: number } | null {
  if (poll?.kind !== 'decision' || poll.outcome === null || poll.closedAt === null) return null;
  return { outcome: poll.outcome, at: poll.closedAt };
}

function recordedBy(rollout: Rollout | undefined): { by: string; at: number } | null {
  const record = rollout === undefined ? null : recordOf(rollout);
  return record && { by: record.requestedByName, at: record.requestedAt };
}

/** Of the rollback that was asked for; the ones after it repeat it. */
function rollbackReason(rollout: Rollout | undefined): string | null {
  const rollback = rollout?.operations.findLast(
    ({ kind, state }) => kind === 'rollback' && (state === 'succeeded' || state === 'recorded'),
  );
  return rollback?.reason ?? null;
}
