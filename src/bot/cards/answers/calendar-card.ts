import { type Card, command, note, paragraph } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';

/** The address of somebody's calendar, for them alone. `releaseKey`: of one release. */
export function calendarCard({ url, releaseKey }: { url: string; releaseKey: string | null }): Card {
  const summary = releaseKey === null ? 'Releases in your calendar' : `${releaseKey} in your calendar`;
  const address = releaseKey === null ? url : `${url}?release=${encodeURIComponent(releaseKey)}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      paragraph('In your calendar app, subscribe to this URL:'),
      { type: 'code', text: address },
      paragraph(
        releaseKey === null
          ? line`It has the phases, milestones, votes, messages and go-live of every release under way, and of those that ended within the last 30 days. ${command('release', 'calendar web-2.4.0')} gives you a single one.`
          : 'It has its phases, milestones, votes, messages and go-live.',
      ),
      note(
        'Anyone who knows the address can read it. If it gets into the wrong hands, make a new one: the old one then stops working.',
      ),
      {
        type: 'actions',
        buttons: [
          {
            action: 'renew-calendar',
            label: 'Make a new address',
            value: JSON.stringify({}),
            confirm: {
              title: 'Make a new address?',
              text: 'The old one stops working at once, in every calendar that you added it to.',
              confirm: 'Make a new one',
              deny: 'Keep it',
            },
          },
        ],
      },
    ],
  };
}
