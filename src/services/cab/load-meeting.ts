import { type MeetingKind, meetingFor, weeklyMeetings } from '../../core/cab/meetings.ts';
import { type Line, line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { describeScopeChange } from '../../core/changes/scope-change.ts';
import type { PollOutcome } from '../../core/go-no-go/decide-poll.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { type ReleaseState, releaseStateTitles } from '../../core/release/release-state.ts';
import {
  findDecidedChangesSince,
  findDecisionsSince,
  findEndedSince,
  findOpenChanges,
  findOpenDecisions,
} from '../../db/queries/cab.ts';
import type { Ctx } from '../kernel/context.ts';

type FoundDecision = Awaited<ReturnType<typeof findDecisionsSince>>[number]['decision'];

/** What the change advisory board has before it, and what was decided since it met last. */
export interface CabMeeting {
  /** The next weekly meeting, epoch ms; null: none is configured. */
  next: number | null;
  /** Since when the minutes are: the last weekly meeting, or a week ago. Epoch ms. */
  since: number;
  zone: string;
  agenda: Record<MeetingKind, Line[]>;
  /** Releases that have ended since, for their review. */
  review: Line[];
  minutes: Line[];
}

const weekMs = 7 * 86_400_000;

/** Makes the agenda of what awaits a decision, and the minutes of the decisions as they were recorded. */
export async function loadMeeting({
  db,
  clock,
  cab,
  defaultZone,
}: Pick<Ctx, 'db' | 'clock' | 'cab' | 'defaultZone'>): Promise<CabMeeting> {
  const now = clock.now();
  const zone = cab.zone ?? defaultZone;
  const meetings = cab.meets === undefined ? null : weeklyMeetings(cab.meets, zone, now);
  const next = meetings?.next ?? null;
  const since = meetings?.last ?? now - weekMs;
  const [votes, changes, decisions, decided, ended] = await Promise.all([
    findOpenDecisions(db),
    findOpenChanges(db),
    findDecisionsSince(db, new Date(since)),
    findDecidedChangesSince(db, new Date(since)),
    findEndedSince(db, new Date(since)),
  ]);
  const awaits = [
    ...votes.map(({ release, closesAt }) => ({
      by: closesAt.getTime(),
      words: line`Go/no-go for ${nameOf(release)}: voting closes ${at(closesAt, zone)}`,
    })),
    ...changes.map(({ release, change }) => ({
      by: release.goLiveAt.getTime(),
      words: line`Late change of ${nameOf(release)}, which goes live ${at(release.goLiveAt, zone)}: ${describeScopeChange(change)} (${change.requestedByName})`,
    })),
  ];
  const of = (kind: MeetingKind) =>
    awaits.filter(({ by }) => meetingFor(by, next) === kind).map(({ words }) => words);
  const minutes = [
    ...decisions.map(({ release, decision }) => ({
      at: decision.decidedAt.getTime(),
      words: line`${at(decision.decidedAt, zone)}: ${nameOf(release)}: ${decisionWords(decision)}`,
    })),
    ...decided.map(({ release, change }) => ({
      at: change.decidedAt?.getTime() ?? 0,
      words: line`${at(change.decidedAt, zone)}: ${nameOf(release)}: ${change.decidedByName ?? ''} ${change.state} a late change: ${describeScopeChange(change)}`,
    })),
  ];
  return {
    ...{ next, since, zone },
    agenda: { weekly: of('weekly'), emergency: of('emergency') },
    review: ended.map((release) => reviewWords(release, zone)),
    minutes: minutes.sort((one, other) => one.at - other.at).map(({ words }) => words),
  };
}

function reviewWords(
  release: { key: string; plan: Plan; state: ReleaseState; endedAt: Date | null },
  zone: string,
): Line {
  return line`${nameOf(release)}: ${releaseStateTitles[release.state]} ${at(release.endedAt, zone)}`;
}

function nameOf({ key, plan }: { key: string; plan: Plan }): string {
  return `${plan.product} ${plan.version} (${key})`;
}

function at(instant: Date | null, zone: string) {
  return localDate(instant?.getTime() ?? 0, zone);
}

const outcomes: Readonly<Record<PollOutcome, string>> = {
  go: 'GO',
  no_go: 'NO-GO',
  go_stands: 'the earlier GO stands, with votes missing',
  timed_out: 'timed out, with votes missing',
  overridden: 'GO by override',
};

/** With who gave it against the votes, and why; a condition that was not met has a reason, too. */
function decisionWords({ outcome, record: { decidedBy, reason } }: FoundDecision): string {
  const who = outcome === 'overridden' && decidedBy !== null ? ` of ${decidedBy}` : '';
  return `${outcomes[outcome]}${who}${reason === null ? '' : `: ${reason}`}`;
}
