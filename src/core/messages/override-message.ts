import { countWords } from '../../lib/count-words.ts';
import { listWords } from '../../lib/list-words.ts';
import { type Card, command, paragraph, request, text } from '../card/card.ts';
import { line } from '../card/line.ts';
import type { PollTally } from '../go-no-go/decide-poll.ts';
import { ask, type Named } from './mention.ts';

/** Somebody gave a go against the votes: loud, with the reason and what was overruled. */
export function overrideMessage(facts: {
  releaseKey: string;
  by: string;
  reason: string;
  tally: PollTally;
  /** Who has to sign it off; null: nobody has to. */
  signers: readonly Named[] | null;
}): Card {
  const { releaseKey, by, reason, signers } = facts;
  const summary = `⚠️ ${releaseKey}: GO BY OVERRIDE of ${by}`;
  const standing = signers === null ? 'is approved' : 'is approved once it is signed off';
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      paragraph(
        `${releaseKey} ${standing}, although the votes did not make it a go: ${overruled(facts.tally)}.`,
      ),
      { type: 'quote', content: [text(reason)] },
      ...(signers === null
        ? []
        : [request(ask(signers, line`sign it off with ${command('release', `sign-off ${releaseKey}`)}.`))]),
      paragraph(line`The votes and the evidence: ${command('release', `decision ${releaseKey}`)}.`),
    ],
  };
}

/** `no-go by Quinn Abara, 2 votes missing` */
function overruled({ against, missing }: PollTally): string {
  const names = [...new Set(against.map(({ personName }) => personName))];
  const parts = [
    ...(names.length > 0 ? [`no-go by ${listWords(names)}`] : []),
    ...(missing.length > 0 ? [`${countWords(missing.length, 'vote')} missing`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : 'the poll was still open';
}
