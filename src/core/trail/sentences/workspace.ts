import { listWords } from '../../../lib/list-words.ts';
import { listOf, textOf } from '../../audit/read-details.ts';
import type { TrailEvent } from '../../audit/trail-event.ts';
import { type Line, line } from '../../card/line.ts';
import {
  because,
  decision,
  type EventKinds,
  instantWords,
  plain,
  step,
  type TrailNames,
} from '../sentence.ts';

/** What belongs to no release. */
export const workspaceEvents = {
  'freeze.added': decision(
    // As they were typed: times of the week, or local times.
    ({ details }) =>
      `added the freeze "${textOf(details.name) ?? ''}" from ${plain(details.from)} to ${plain(details.until)} (${plain(details.zone)})`,
  ),
  'freeze.ended': decision(({ details }) => {
    const resumed = listOf(details.resumed);
    return `ended the freeze "${textOf(details.name) ?? ''}"${resumed.length > 0 ? `; ${listWords(resumed)} went on` : ''}`;
  }),
  'freeze.begun': decision(
    ({ details }, names) =>
      line`froze everything until ${when(details.until, names)}: ${plain(details.name)}`,
  ),
  // Before every request was one for a second person:
  'freeze.requested': decision(
    ({ details }, names) =>
      line`asked for a freeze of everything until ${when(details.until, names)}${because(details.reason)}`,
  ),
  'freeze.approved': decision(() => 'agreed to the freeze that was asked for'),
  'freeze.withdrawn': decision(() => 'withdrew the freeze that was asked for'),
  'subscriber.asked': step(
    ({ details }) => `asked somebody to confirm that they want to be on the list ${listOfDetails(details)}`,
  ),
  'subscriber.confirmed': step(({ details }) => `put a recipient on the list ${listOfDetails(details)}`),
  'subscriber.ended': step(({ details }) => `took a recipient off the list ${listOfDetails(details)}`),
  'subscription.added': step(({ details }) => `subscribed to what goes to ${audienceOf(details)}`),
  'subscription.ended': step(({ details }) => `unsubscribed from what goes to ${audienceOf(details)}`),
  'trail.anchored': step(
    ({ details }) =>
      `posted checkpoint ${plain(details.checkpoint)} of the audit trail at ${plain(details.address)}`,
  ),
  'calendar.link_made': step(() => 'made a link to their calendar'),
  'message.replied': step(
    ({ details }, { place }) =>
      `got an answer at ${place(textOf(details.destination) ?? 'an unknown place')}`,
  ),
  'conversation.greeted': step(
    ({ details }, { place }) => `said hello at ${place(textOf(details.destination) ?? 'an unknown place')}`,
  ),
} satisfies EventKinds;

function when(value: unknown, { zone }: TrailNames): Line {
  return line`${instantWords(value, zone) ?? 'an unknown time'}`;
}

function listOfDetails({ channel, list }: TrailEvent['details']): string {
  return `${textOf(channel) ?? ''}:${textOf(list) ?? ''}`;
}

function audienceOf({ audience, product }: TrailEvent['details']): string {
  const of = textOf(product);
  return `${textOf(audience) ?? 'an audience'}${of === undefined ? '' : ` (${of})`}`;
}
