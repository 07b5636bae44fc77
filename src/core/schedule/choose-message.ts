import { type ReleaseContext, releaseContextOf } from '../release/release-context.ts';
import type { ReleaseState } from '../release/release-state.ts';
import type { ScheduleItem } from './derive-schedule.ts';

/** What goes out for an item as things stand: `template` is null for the live card. */
export type MessageChoice =
  | { send: true; template: string | null /** It is not the item's usual text. */; variant: boolean }
  | { send: false; reason: string };

const STANDING: Readonly<Record<ReleaseContext, string>> = {
  draft: 'the release is a draft',
  planned: 'the release is not approved',
  approved: 'the rollout has not begun',
  unrecorded: 'nobody recorded whether it was deployed',
  'rolling-out': 'the rollout is not known to have all traffic',
  live: 'all traffic is on the new version already',
  'rolled-back': 'the release was rolled back',
  cancelled: 'the release was cancelled',
};

/**
 * Picks the text of an item that is true in the release's present state, or says why none is and the
 * item is withheld. `trafficPercent` is as last read from the target or recorded, null when not known.
 */
export function chooseMessage(
  item: Pick<ScheduleItem, 'template' | 'validIn' | 'variants'>,
  facts: { state: ReleaseState; trafficPercent: number | null; isUnseen?: boolean },
): MessageChoice {
  const context = releaseContextOf(facts);
  if (item.validIn.includes(context)) return { send: true, template: item.template, variant: false };
  const template = item.variants[context];
  if (template !== undefined) return { send: true, template, variant: true };
  return { send: false, reason: `Not sent: ${STANDING[context]}.` };
}
