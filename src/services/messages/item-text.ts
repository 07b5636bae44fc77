import type { Card } from '../../core/card/card.ts';
import type { StatedFacts } from '../../core/facts/facts.ts';
import { mayBeDeployedUnseen } from '../../core/release/release-context.ts';
import type { Exposure } from '../../core/rollout/measure-exposure.ts';
import { chooseMessage, type MessageChoice } from '../../core/schedule/choose-message.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Poll } from '../../db/queries/polls.ts';
import { knownTrafficPercent, type Rollout } from '../../db/queries/rollouts.ts';
import type { Services } from '../kernel/context.ts';
import { renderStating } from './render-message.ts';

/** An item of the schedule, and what is known of its release. `now` is epoch ms. */
export interface KnownItem {
  item: ScheduleItem;
  rollout: Rollout;
  decision: Poll | null;
  exposure: Exposure | null;
  now: number;
}

/** Which text of an item is true as its release stands; or why none is. */
export function chooseText(
  services: Pick<Services, 'driver'>,
  release: Release,
  { item, rollout, now }: KnownItem,
): MessageChoice {
  const hasDriver = services.driver(release.plan.rollout.driver) !== undefined;
  const isUnseen = mayBeDeployedUnseen({ hasDriver, goLiveAt: release.goLiveAt, now });
  const trafficPercent = confirmedTrafficPercent(rollout);
  return chooseMessage(item, { state: release.state, trafficPercent, isUnseen });
}

/** The text of an item that is true now, with the facts of the release that its readers learn from it. */
export function renderText(
  services: Pick<Services, 'templates' | 'productTemplates' | 'driver'>,
  release: Release,
  { item, ...known }: KnownItem & { template: string },
): { content: Card; states: StatedFacts } {
  const trafficPercent = confirmedTrafficPercent(known.rollout);
  const { audience, wave } = item;
  return renderStating(services, release, { ...known, trafficPercent, audience, wave });
}

/**
 * The percentage that was read from the target or recorded; null before anything was rolled out, and while a
 * promotion or a rollback is under way or ended without a reading.
 */
function confirmedTrafficPercent(rollout: Rollout): number | null {
  return rollout.operations.length === 0 ? null : knownTrafficPercent(rollout);
}
