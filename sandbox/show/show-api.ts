import type { ChatPlatform } from '../chat-platform.ts';

/** The show as the control API tells it: `GET /sandbox/show`, and the answer of `POST`. */

/** One step of the show, as it is announced. */
export interface ShowStep {
  title: string;
  caption: string;
}

export interface ShowState {
  /**
   * `starting`: the release is not there yet. `waiting`: it was asked for, and begins as soon as the release is there.
   * `ready`: it can be played. `late`: the release is too far on, so the workspace has to start over first.
   * `playing` and `paused` are under way; a paused one finishes its step. `over`: it was played to its end.
   * `stopped`: somebody took over. `failed`: something came out otherwise; `detail` says what.
   */
  state: 'starting' | 'waiting' | 'ready' | 'late' | 'playing' | 'paused' | 'over' | 'stopped' | 'failed';
  /** Where it is played, or would be if nobody says otherwise. */
  platform: ChatPlatform;
  steps: ShowStep[];
  /** Which step is played, from 0; null before the first. */
  step: number | null;
  /** Where it is played, and as whom it is best watched. */
  at: { channel: string; person: string } | null;
  /** The message that the step is about, once it is there. */
  message: { channel: string; ts: string } | null;
  detail?: string;
}

/** POST /sandbox/show. `play` before there is a release makes it wait; `next` goes on without waiting for the reader; `stop` ends it where it stands. */
export interface ShowChange {
  do: 'play' | 'pause' | 'resume' | 'next' | 'stop';
  /** Where to play it; by default on the first platform that the bot is on. */
  platform?: ChatPlatform;
}

/** POST /sandbox/start-over. `watch`: the show is played as soon as the new workspace is there. */
export interface StartOver {
  watch?: boolean;
  /** Where it is played then. */
  platform?: ChatPlatform;
}
