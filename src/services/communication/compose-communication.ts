import type { Destination } from '../../core/address/destination.ts';
import { describeInstant } from '../../core/calendar/describe-instant.ts';
import type { Card } from '../../core/card/card.ts';
import type { StatedFacts } from '../../core/facts/facts.ts';
import { missedPollMessage } from '../../core/messages/missed-poll-message.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { describeMissing, goesNowhere } from '../../core/schedule/nowhere.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Services } from '../kernel/context.ts';
import { chooseText, type KnownItem, renderText } from '../messages/item-text.ts';
import { findTemplate } from '../messages/render-message.ts';
import { destinationsOf } from '../release/destinations-for.ts';

type PollItem = Extract<ScheduleItem, { kind: 'poll' }>;

/** What becomes of an item of the schedule. */
export type Composed =
  | { do: 'withhold'; reason: string }
  /** Its time to vote has passed: it is withheld, and the channel gets a message. */
  | { do: 'miss-poll'; reason: string; to: Destination[]; content: Card }
  | { do: 'deliver'; to: Destination[]; content: Card; states: StatedFacts }
  | { do: 'open-card'; to: Destination[] }
  | { do: 'open-poll'; poll: PollItem['poll']; intro: Card['blocks'] };

/** Decides what an item is as its release stands, and renders the text that is true now. `now` is epoch ms. */
export function composeCommunication(
  services: Pick<Services, 'templates' | 'productTemplates' | 'driver'>,
  release: Release,
  known: KnownItem,
): Composed {
  const { item, decision, now } = known;
  if (item.validUntil !== undefined && item.validUntil <= now) {
    const until = describeInstant(item.validUntil, release.plan.goLive.zone);
    return { do: 'withhold', reason: `Not sent: it was valid only until ${until}.` };
  }
  // A release has one poll at a time, so one of the schedule gives way to one that is open.
  if (item.kind === 'poll' && decision?.state === 'open') {
    return { do: 'withhold', reason: 'Not sent: a go/no-go is open already.' };
  }
  const choice = chooseText(services, release, known);
  if (!choice.send) return { do: 'withhold', reason: choice.reason };
  if (goesNowhere(item)) return { do: 'withhold', reason: `Not sent: ${describeMissing(item)}.` };
  const to = destinationsOf(release, item.addresses);
  if (item.kind === 'poll' && item.poll.closesAt <= now && release.state === 'approved') {
    return { do: 'withhold', reason: 'Not sent: its time to vote had passed, and the go decision stands.' };
  }
  if (item.kind === 'poll' && item.poll.closesAt <= now) {
    const { closesAt } = item.poll;
    const { zone } = release.plan.goLive;
    const content = missedPollMessage({
      releaseKey: release.key,
      title: item.title,
      closesAt,
      zone,
      asksDecision: item.poll.kind === 'decision' && isUndecided(release),
    });
    return { do: 'miss-poll', reason: 'Not sent: its time to vote had passed.', to, content };
  }
  const { template } = choice;
  if (template === null) return { do: 'open-card', to };
  if (findTemplate(services, release, template) === undefined) {
    return { do: 'withhold', reason: `Not sent: there is no template "${template}" any more.` };
  }
  const { content, states } = renderText(services, release, { ...known, template });
  if (item.kind === 'poll') return { do: 'open-poll', poll: item.poll, intro: content.blocks };
  return { do: 'deliver', to, content, states };
}

/** Whether a go/no-go can still be asked for. */
function isUndecided({ state }: Release): boolean {
  return state === 'in_planning' || state === 'approved';
}
