import { type Block, type Button, type Card, type Inline, note, paragraph } from '../../../core/card/card.ts';
import { inlines, type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import type { ToldEvent } from '../../../core/trail/tell-event.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { countWords } from '../../../lib/count-words.ts';
import type { CheckedTrail } from '../../../services/audit/check-trail.ts';
import type { ToldTrail } from '../../../services/audit/tell-trail.ts';
import { releaseName } from '../parts/release-name.ts';

/** So many events are on one card: with evidence, a platform has no room for more. */
export const auditPage = 12;

interface Shown {
  trail: ToldTrail;
  checked: CheckedTrail;
  /** Also what merely happened on the way. */
  all: boolean;
}

/** Who decided what, when, with which right and on what evidence; the newest last. For somebody who may read it. */
export function auditCard(release: Release, shown: Shown): Card {
  const { trail, checked } = shown;
  const { zone } = release.plan.goLive;
  const items = trail.events.map((event) => eventItem(event, zone));
  return {
    summary: `Audit trail of ${release.key}`,
    blocks: [
      { type: 'header', text: `🧾 ${releaseName(release)}: audit trail` },
      paragraph(standing(checked)),
      ...brokenBlocks(checked),
      ...(items.length > 0 ? [{ type: 'list', ordered: false, items } as const] : [note('Nothing yet.')]),
      note(footer(shown)),
      { type: 'actions', buttons: buttons(release.key, shown) },
    ],
  };
}

function standing({ events, broken }: CheckedTrail): Line {
  const records = countWords(events, 'record');
  return broken.length === 0
    ? `✅ Checked just now: ${records}, each signed and in its place, and the data agrees with ${events === 1 ? 'it' : 'them'}.`
    : `🔴 Checked just now: NOT INTACT. Something in its ${records} was changed outside tminus. Tell whoever runs tminus, and your auditor.`;
}

/** Of so many it is said what is wrong; `tminus audit verify` names all. */
const maxBroken = 5;

function brokenBlocks({ broken }: CheckedTrail): Block[] {
  if (broken.length === 0) return [];
  const items = broken
    .slice(0, maxBroken)
    .map(({ seq, problem }) => inlines(seq === 0 ? problem : `Record ${seq}: ${problem}`));
  const more = broken.length - items.length;
  return [{ type: 'list', ordered: false, items }, ...(more > 0 ? [note(`… and ${more} more.`)] : [])];
}

function eventItem({ seq, at, sentence, right, evidence }: ToldEvent, zone: string): Inline[] {
  const when: Line = Number.isNaN(at) ? 'time unknown' : line`${localDate(at, zone)}`;
  const based = evidence.reduce<Line>(
    (said, one, index) => line`${said}${index === 0 ? ' ' : '; '}${one}`,
    '',
  );
  return inlines(
    line`${when} · ${sentence}.${right === null ? '' : ` Right: ${right}.`}${evidence.length > 0 ? line` Evidence:${based}.` : ''} (#${seq})`,
  );
}

function footer({ trail, all }: Shown): Line {
  const kind = all ? 'Every record' : 'Decisions and their results';
  const earlier = trail.earlier > 0 ? ` ${trail.earlier} more before these.` : '';
  return `${kind}, the newest last.${earlier} For auditors: tminus audit verify checks everything, tminus audit export writes it to a file.`;
}

function buttons(releaseKey: string, { trail, all }: Shown): Button[] {
  const first = trail.events[0]?.seq ?? null;
  const show = (label: string, to: { all: boolean; before: number | null }): Button => ({
    action: 'show-audit',
    label,
    value: JSON.stringify({ releaseKey, ...to }),
  });
  return [
    ...(trail.earlier > 0 ? [show('Earlier', { all, before: first })] : []),
    ...(trail.hasLater ? [show('Newest', { all, before: null })] : []),
    all
      ? show('Decisions only', { all: false, before: null })
      : show('Every record', { all: true, before: null }),
  ];
}
