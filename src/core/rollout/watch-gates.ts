import type { GateResult } from './evaluate-gate.ts';
import { type Episode, stepEpisode } from './watch-episode.ts';

/** What the release's channel was told of the gates of the present phase, and what it has yet to be told. */
export interface GateWatch {
  failing: Episode | null;
  unreadable: Episode | null;
  /** What was said of the next phase once the soak was over; `undecided`: nothing yet. Null while it lasts. */
  verdict: 'undecided' | 'blocked' | 'ready' | null;
}

export const newGateWatch: GateWatch = { failing: null, unreadable: null, verdict: null };

/** How long gates may be unknown before somebody is told, wall clock: twice the default window. */
export const unreadableToldAfterMs = 10 * 60_000;

/** `blocked` and `ready` say whether the phase that has soaked can be left. */
export type GateNews = 'failing' | 'recovered' | 'unreadable' | 'readable' | 'blocked' | 'ready';

/**
 * Judges one reading of a phase's gates while it has traffic. A gate that fails is news at once, one that is unknown
 * after a while, and either only once in an episode. Once the soak is over, the verdict is news: `ready` when nothing
 * is wrong any more, `blocked` when something fails; while a gate is unknown, there is none to give.
 */
export function watchGates(
  before: GateWatch,
  { gates, now, wall }: { gates: readonly GateResult[]; now: number; wall: number },
): { watch: GateWatch; news: GateNews[] } {
  const has = (state: GateResult['state']) => gates.some((gate) => gate.state === state);
  const [fails, isUnknown] = [has('fail'), has('unknown')];
  const at = { now, wall };
  const failing = stepEpisode(
    before.failing,
    { ...at, isWrong: fails, isRight: !fails && !isUnknown },
    { tellAfterMs: 0 },
  );
  const unreadable = stepEpisode(
    before.unreadable,
    { ...at, isWrong: isUnknown, isRight: !isUnknown },
    { tellAfterMs: unreadableToldAfterMs },
  );
  const isUnreadable = unreadable.episode?.isTold === true && isUnknown;
  const verdict = judge(before.verdict, {
    isReady: !fails && !isUnknown && failing.episode === null,
    isBlocked: fails || isUnreadable,
  });
  const isNowReady = verdict === 'ready' && before.verdict !== 'ready';
  const isNowBlocked = verdict === 'blocked' && before.verdict !== 'blocked';
  const begun = failing.news === 'begun' || unreadable.news === 'begun';
  const news: (GateNews | false)[] = [
    failing.news === 'begun' && 'failing',
    unreadable.news === 'begun' && 'unreadable',
    // Who reads that all is ready need not read that it is well again.
    failing.news === 'ended' && !isNowReady && 'recovered',
    unreadable.news === 'ended' && !isNowReady && 'readable',
    isNowReady && 'ready',
    // Nor that what has just been called failing blocks the next phase.
    isNowBlocked && !begun && 'blocked',
  ];
  return {
    watch: { failing: failing.episode, unreadable: isNowReady ? null : unreadable.episode, verdict },
    news: news.filter((one) => one !== false),
  };
}

function judge(
  before: GateWatch['verdict'],
  { isReady, isBlocked }: { isReady: boolean; isBlocked: boolean },
): GateWatch['verdict'] {
  if (before === null || before === 'ready') return before;
  if (isReady) return 'ready';
  return isBlocked ? 'blocked' : before;
}
