import { type Destination, isAmong } from '../../core/address/destination.ts';
import { approveBy } from '../../core/approval/draft-times.ts';
import type { Line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import type { NamedDraft } from '../../core/messages/draft-message.ts';
import { instantOf } from '../../core/schedule/derive-schedule.ts';
import type { Draft } from '../../db/queries/drafts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { placesOf } from '../kernel/places-of.ts';

type Named = Pick<Draft, 'id' | 'item'>;

/** A draft as messages about it name it. */
export function nameDraft({ key, plan }: Release, { id, item }: Named): NamedDraft {
  const isExpected = Number.isFinite(instantOf(item));
  return {
    draftId: id,
    releaseKey: key,
    release: `${plan.product} ${plan.version}`,
    title: item.title,
    due: isExpected ? localDate(approveBy(plan, item), plan.goLive.zone) : null,
  };
}

/** Where it goes, for messages: a channel that the platform knows is linked. */
export function whereItGoes(release: Release, { item }: Named): Line {
  return placesOf(release, item.addresses);
}

/**
 * Who inside has to know whether customers were told: everyone who works on the release, and support, whom customers
 * ask. Never the places where customers would have read it.
 */
export function insidersOf({ plan, destinations }: Release, { item }: Named): Destination[] {
  const { release, support } = plan.channels;
  const found = (addresses: readonly string[]) =>
    destinations.flatMap((one) => (addresses.includes(one.address) ? [one.destination] : []));
  const outside = found(item.addresses);
  return [...found(release), ...found(support)].filter((one) => !isAmong(one, outside));
}
