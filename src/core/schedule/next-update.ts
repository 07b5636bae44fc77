import type { Audience } from '../plan/audiences.ts';
import type { Plan } from '../plan/plan.ts';
import type { ReleaseState } from '../release/release-state.ts';
import { chooseMessage } from './choose-message.ts';
import { deriveSchedule } from './derive-schedule.ts';

/**
 * The next message of the schedule for an audience as things stand, or else for everyone who works on the release:
 * when it is due (epoch ms), and where it comes. Undefined when none is planned.
 */
export function findNextUpdate(
  plan: Plan,
  facts: { state: ReleaseState; trafficPercent: number | null; now: number; audience?: Audience },
): { at: number; address: string } | undefined {
  const coming = deriveSchedule(plan).flatMap((item) => {
    if (item.kind !== 'message' || item.dueAt <= facts.now || !chooseMessage(item, facts).send) return [];
    // Whether customers get theirs is for somebody to decide, so it is promised to nobody.
    if (item.customerFacing) return [];
    const [address] = item.addresses;
    return address === undefined ? [] : [{ at: item.dueAt, address, audience: item.audience }];
  });
  const next =
    coming.find(({ audience }) => audience === facts.audience) ??
    coming.find(({ audience }) => audience === 'release');
  return next && { at: next.at, address: next.address };
}
