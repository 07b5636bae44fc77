import {
  type Block,
  type Button,
  bold,
  type Card,
  command,
  note,
  paragraph,
} from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { AskedCommunication } from '../../../db/queries/schedule.ts';
import { capitalize } from '../../../lib/capitalize.ts';
import { countWords } from '../../../lib/count-words.ts';
import { placesOf } from '../../../services/kernel/places-of.ts';
import { releaseName } from '../parts/release-name.ts';

/**
 * Of so many items each has buttons of its own; the rest follows once these are settled, or all are at once. With more,
 * a message of Slack has no room for what the last buttons are about.
 */
const maxSingly = 8;

/** What to do with items whose time has passed: send now or skip, singly or all at once. */
export function overdueCard(
  release: Release,
  { questionId, asked }: { questionId: string; asked: readonly AskedCommunication[] },
): Card {
  const open = asked.filter(({ state }) => state === 'overdue');
  const settled = asked.filter(({ state }) => state !== 'overdue');
  const count = countWords(open.length, 'message');
  const headline =
    open.length === 0
      ? `✅ ${releaseName(release)}: every overdue message is settled`
      : `⏰ ${releaseName(release)}: ${count} overdue`;
  return {
    summary: headline,
    blocks: [
      { type: 'header', text: headline },
      ...(open.length > 0 ? question(release, { questionId, open }) : []),
      ...settled.map((one) => paragraph(settledLine(one))),
      note(line`See every message with ${command('release', `schedule ${release.key}`)}.`),
    ],
  };
}

function question(
  release: Release,
  { questionId, open }: { questionId: string; open: readonly AskedCommunication[] },
): Block[] {
  const reasons = [...new Set(open.map(({ note: why }) => why ?? ''))].join(' ');
  const all = `all ${open.length}`;
  return [
    paragraph(
      `${reasons} Send ${open.length === 1 ? 'it' : 'them'} now, as things stand, or skip ${open.length === 1 ? 'it' : 'them'}? Nothing is sent until you decide.`,
    ),
    ...open.slice(0, maxSingly).flatMap((one): Block[] => [
      paragraph(askedLine(release, one)),
      {
        type: 'actions',
        buttons: [
          button('Send now', { questionId, communicationId: one.id, send: true }),
          button('Skip', { questionId, communicationId: one.id, send: false }),
        ],
      },
    ]),
    ...(open.length > maxSingly ? [paragraph(`… and ${open.length - maxSingly} more.`)] : []),
    ...(open.length > 1
      ? [
          { type: 'divider' as const },
          {
            type: 'actions' as const,
            buttons: [
              button(`Send ${all} now`, { questionId, communicationId: null, send: true }),
              button(`Skip ${all}`, { questionId, communicationId: null, send: false }),
            ],
          },
        ]
      : []),
  ];
}

function button(
  label: string,
  value: { questionId: string; communicationId: string | null; send: boolean },
): Button {
  return { action: 'settle-overdue', label, value: JSON.stringify(value) };
}

function askedLine(release: Release, { item, dueAt }: AskedCommunication): Line {
  const when = dueAt === null ? item.localTime : localDate(dueAt, release.plan.goLive.zone);
  return line`${bold(item.title)} for ${placesOf(release, item.addresses)}, planned for ${when}`;
}

function settledLine({ item, state, note: why }: AskedCommunication): Line {
  if (state === 'sent') return `✅ ${item.title}: sent`;
  if (state === 'planned') return `🕐 ${item.title}: planned again`;
  // Some reasons begin with the same two words.
  const because = (why ?? '').replace(/^Not sent: (.*)$/s, (_, rest: string) => capitalize(rest));
  return `✖️ ${item.title}: not sent. ${because}`;
}
