import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { limitWords, valueWords } from '../../../core/readiness/gates/gate-words.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { listWords } from '../../../lib/list-words.ts';
import { shortenAtWord } from '../../../lib/shorten-text.ts';
import { whoAnswersFor } from '../../../services/kernel/stand-ins.ts';
import type { StandingGate } from '../../../services/readiness/load-gates.ts';
import { onOneLine } from './lines.ts';

/** So long may the reason of a waiver be on a line. */
const reasonLength = 150;

const marks = { pass: '✅', fail: '🔴', stale: '🕰️', missing: '⬜', waived: '🟡' } as const;

/** A gate on one line: what was measured, when and by what, against which limit; who sees to it unless it passes. */
export function gateStandingLine(release: Release, standing: StandingGate): Line {
  const { gate, state, waiver } = standing;
  const owner = state === 'pass' ? '' : ` · ${ownerOf(release, standing)}`;
  if (state === 'waived' && waiver) {
    const until = localDate(waiver.until, release.plan.goLive.zone);
    const reason = shortenAtWord(onOneLine(waiver.reason), reasonLength);
    return line`${marks.waived} ${gate.title}: waived until ${until} by ${waiver.grantedByName}: ${reason}`;
  }
  return line`${marks[state]} ${gate.title}: ${measured(release, standing)}${unread(standing)}${owner}`;
}

/** Why its metrics source gave no value, when it was asked last. */
function unread({ state, reading }: StandingGate): string {
  if (state === 'pass' || reading === null || reading.reason === null) return '';
  return `. Nothing from ${reading.source}: ${shortenAtWord(onOneLine(reading.reason), reasonLength)}`;
}

function measured({ plan }: Release, { gate, state, result }: StandingGate): Line {
  if (result === null) return `no result yet, ${limitWords(gate)}`;
  const value = valueWords(gate, result.value);
  const limit = gate.comparator === 'passes' ? '' : ` (${limitWords(gate)})`;
  const by = result.reportedByName ?? result.source;
  const at = localDate(result.measuredAt, plan.goLive.zone);
  const why = state === 'stale' ? staleWords(plan.version, result.version) : '';
  const evidence: Line =
    result.evidence === null ? '' : [' · ', { type: 'link', url: result.evidence, text: 'evidence' }];
  return line`${value}${limit}, ${by}, ${at}${why}${evidence}`;
}

function staleWords(version: string, measuredVersion: string): string {
  return version === measuredVersion
    ? '. Too old: measure again'
    : `. Of version ${measuredVersion}: measure again`;
}

function ownerOf(release: Release, { gate }: StandingGate): string {
  const people = whoAnswersFor(release, gate.owner);
  const named = people.length > 0 ? people : whoAnswersFor(release, 'release_manager');
  return listWords(named.map(({ name }) => name));
}
