import { countWords } from '../../../lib/count-words.ts';
import { numberOf, recordsOf, textOf } from '../../audit/read-details.ts';
import type { Line } from '../../card/line.ts';
import { line } from '../../card/line.ts';
import { releaseStateTitles } from '../../release/release-state.ts';
import { because, decision, type EventKinds, instantWords, plain, roleWords, step } from '../sentence.ts';

/** The release itself: its plan, its state, its people. */
export const releaseEvents = {
  'release.created': decision(({ details }, { zone }) => ({
    says: line`planned ${textOf(details.key) ?? 'the release'}, version ${textOf(details.version) ?? 'unknown'}, to go live ${when(details.goLiveAt, zone)}`,
    evidence: digest(details.planDigest),
  })),
  'release.moved': decision(({ details }) => {
    const [from, to] = [stateWords(details.from), stateWords(details.to)];
    return `moved the release from ${from} to ${to}`;
  }),
  'release.rescheduled': decision(({ details }, { zone }) => ({
    says: line`moved go-live from ${when(details.from, zone)} to ${when(details.to, zone)}${because(details.reason)}`,
    evidence: digest(details.planDigest),
  })),
  'release.edited': decision(({ details }) => ({
    says: 'changed the plan',
    evidence: [
      ...recordsOf(details.changes).map(
        ({ part, from, to }) => `${plain(part)}: ${short(from)} became ${short(to)}`,
      ),
      ...digest(details.planDigest),
    ],
  })),
  'release.paused': decision(({ details }, { zone }) => {
    const until = textOf(details.until);
    return line`paused the release ${until === undefined ? 'until somebody resumes it' : line`until ${when(until, zone)}`}${because(details.reason)}`;
  }),
  'release.resumed': decision(({ details }) => {
    const overdue = numberOf(details.overdue) ?? 0;
    const missed = overdue > 0 ? `; ${countWords(overdue, 'message')} came due meanwhile` : '';
    return `resumed the release${missed}`;
  }),
  'release.cancelled': decision(({ details }) => `cancelled the release${because(details.reason)}`),
  'release.pruned': step(({ details }) => {
    const counts = Object.entries(details).filter(([, count]) => typeof count === 'number' && count > 0);
    return `removed records that are no longer needed: ${counts.map(([what, count]) => `${String(count)} ${what}`).join(', ')}`;
  }),
  'role.reassigned': decision(({ details }) => ({
    says: `gave the role ${roleWords(textOf(details.role) ?? '')} to ${textOf(details.to) ?? 'somebody else'}, in place of ${textOf(details.from) ?? 'nobody'}`,
    evidence: digest(details.planDigest),
  })),
  'release.followed': step(() => 'follows the release'),
  'release.unfollowed': step(() => 'no longer follows the release'),
  'freeze.broken': decision(
    ({ details }, { zone }) =>
      line`let the release through the freeze until ${when(details.until, zone)}${because(details.reason)}`,
  ),
} satisfies EventKinds;

function when(value: unknown, zone: string): Line {
  return line`${instantWords(value, zone) ?? 'an unknown time'}`;
}

function stateWords(state: unknown): string {
  const titles: { [state: string]: string } = releaseStateTitles;
  return titles[plain(state)] ?? plain(state);
}

function digest(value: unknown): string[] {
  const text = textOf(value);
  return text === undefined ? [] : [`the plan with SHA-256 ${text.slice(0, 12)}…`];
}

/** So much of a changed part of a plan is told; all of it is in the export. */
const maxPart = 120;

function short(value: unknown): string {
  const text = textOf(value) ?? 'nothing';
  return text.length > maxPart ? `${text.slice(0, maxPart)}…` : text;
}
