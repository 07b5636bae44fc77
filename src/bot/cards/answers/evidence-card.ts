import { type Block, bold, type Card, note, paragraph, text } from '../../../core/card/card.ts';
import type { Inline } from '../../../core/card/inline.ts';
import { inlines, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import type { Evidence } from '../../../db/queries/evidence.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { countWords } from '../../../lib/count-words.ts';
import { shortenAtWord } from '../../../lib/shorten-text.ts';
import { releaseName } from '../parts/release-name.ts';

/** So many are shown, the latest. */
const maxShown = 15;
/** So much of each; its link leads to the whole. Characters. */
const maxWords = 400;

/** The messages in the record of a release, the earliest first. */
export function evidenceCard(release: Release, evidence: readonly Evidence[]): Card {
  const shown = evidence.slice(-maxShown);
  const left = evidence.length - shown.length;
  return {
    summary: `The record of ${release.key}: ${countWords(evidence.length, 'message')}`,
    blocks: [
      {
        type: 'header',
        text: `📎 ${releaseName(release)}: ${countWords(evidence.length, 'message')} in the record`,
      },
      ...(left > 0
        ? [note(`${countWords(left, 'earlier message')} not shown; the audit export has all.`)]
        : []),
      ...shown.flatMap((one) => evidenceBlocks(one, release.plan.goLive.zone)),
      note(
        'To add one, open the menu of a message and choose “Add to the record”. Nothing in the record can be changed or removed.',
      ),
    ],
  };
}

function evidenceBlocks(one: Evidence, zone: string): Block[] {
  const link: Inline[] = one.link ? [text(' · '), { type: 'link', url: one.link, text: 'Message' }] : [];
  return [
    paragraph(bold(one.author), text(', '), localDate(one.writtenAt.getTime(), zone), ...link),
    { type: 'quote', content: inlines(shortenAtWord(one.text, maxWords)) },
    note(line`Added by ${one.addedByName} ${localDate(one.addedAt.getTime(), zone)}`),
  ];
}
