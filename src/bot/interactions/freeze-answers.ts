import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { listWords } from '../../lib/list-words.ts';
import type { AddedFreezeResult } from '../../services/freeze/add-freeze.ts';
import type { BrokenFreeze } from '../../services/freeze/break-freeze.ts';
import type { EndedFreeze } from '../../services/freeze/end-freeze.ts';
import type { RequestedFreeze } from '../../services/freeze/request-freeze.ts';

/** What is said to whoever has done something about a freeze. */

export function addedSentence({ name, times, inside }: AddedFreezeResult): Line {
  const added = line`The freeze "${name}" was added: ${times}.`;
  if (inside.length === 0) return added;
  const move = command('release', `reschedule ${inside[0] ?? ''}`);
  return line`${added} Go-live of ${listWords(inside)} falls in it: move it with ${move}. I've told the release's channel.`;
}

export function endedSentence({ name, resumed }: EndedFreeze): Line {
  const goesOn =
    resumed.length === 0 ? '' : ` ${listWords(resumed)} ${resumed.length === 1 ? 'continues' : 'continue'}.`;
  return `The freeze "${name}" has ended.${goesOn}`;
}

export function requestedSentence({ expiresAt, zone, holds }: RequestedFreeze): Line {
  const concerned = holds.length === 0 ? 'No release would be paused' : `It would pause ${listWords(holds)}`;
  const where =
    holds.length === 0
      ? 'Ask somebody to type'
      : 'I have asked in the channel of each release; they can also type';
  return line`Nothing is frozen yet: a second person has to agree by ${localDate(expiresAt, zone)}. ${concerned}. ${where} ${command('release', 'freeze approve')}.`;
}

export function brokenSentence({ releaseKey, until, zone }: BrokenFreeze): Line {
  return line`Until ${localDate(until, zone)}, freezes don't apply to ${releaseKey}. I've told its channel.`;
}
