/** A time in which something was wrong with a rollout's gates. `…Wall` is epoch ms of the wall clock. */
export interface Episode {
  /** When it was first seen, epoch ms of the release's clock. */
  since: number;
  sinceWall: number;
  /** The channel was told of it. */
  isTold: boolean;
  /** Since when nothing has been wrong; null while something is. */
  overSinceWall: number | null;
}

/** How long nothing may be wrong before an episode has ended. What goes wrong again before that is no news. */
export const episodeEndsAfterMs = 5 * 60_000;

/** What is seen at one reading. */
export interface Observation {
  isWrong: boolean;
  /** Not the opposite of wrong: a gate that can't be read is neither. */
  isRight: boolean;
  now: number;
  wall: number;
}

/**
 * One step of an episode: what it is after an observation, and what there is to tell. It is told once it has lasted
 * `tellAfterMs`, and its end once. An episode that was not told ends without a word.
 */
export function stepEpisode(
  before: Episode | null,
  seen: Observation,
  { tellAfterMs }: { tellAfterMs: number },
): { episode: Episode | null; news: 'begun' | 'ended' | null } {
  const { isWrong, isRight, now, wall } = seen;
  if (!before?.isTold) {
    if (!isWrong) return { episode: null, news: null };
    const { since, sinceWall } = before ?? { since: now, sinceWall: wall };
    // A later start is of a clock that was set back.
    const begun = Math.min(sinceWall, wall);
    const isTold = wall - begun >= tellAfterMs;
    const episode = { since, sinceWall: begun, isTold, overSinceWall: null };
    return { episode, news: isTold ? 'begun' : null };
  }
  if (!isRight) return { episode: { ...before, overSinceWall: null }, news: null };
  const overSinceWall = Math.min(before.overSinceWall ?? wall, wall);
  if (wall - overSinceWall >= episodeEndsAfterMs) return { episode: null, news: 'ended' };
  return { episode: { ...before, overSinceWall }, news: null };
}
