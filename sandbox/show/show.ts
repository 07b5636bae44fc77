import { setTimeout as pause } from 'node:timers/promises';
import { errorMessage } from '../../src/lib/error-message.ts';
import type { ChatPlatform } from '../control-client.ts';
import { StoryError } from '../story/stage.ts';
import { Moves } from './moves.ts';
import { preferTeams } from './prefer-teams.ts';
import { prepareMoves } from './prepare-moves.ts';
import { type Scene, scenes, stepsOn } from './scenes.ts';
import type { ShowState } from './show-api.ts';

/** How long a reader has for a caption before anything happens, and afterwards; real milliseconds. */
const reading = { before: 1_000, after: 2_400 };
/** How often one looks whether the release is there, real milliseconds. */
const lookEvery = 250;

export interface ShowOptions {
  /** Of the workspace. */
  url: string;
  /** Where the bot is. */
  platforms: readonly ChatPlatform[];
  onState: (state: ShowState) => void;
  /** Defaults to the times of a reader; tests have none. */
  reading?: { before: number; after: number };
  /** How long anything may take to show, real milliseconds. */
  timeoutMs?: number;
}

/** Plays the example release in the running workspace, step by step, for somebody who watches. */
export class Show {
  readonly #options: ShowOptions;
  #state: ShowState;
  #goOn = false;
  #isOpen = false;

  constructor(options: ShowOptions) {
    this.#options = options;
    const [platform = 'slack'] = options.platforms;
    this.#state = {
      ...{ state: 'ready', platform, steps: stepsOn(platform) },
      ...{ step: null, at: null, message: null },
    };
  }

  /** How it stands; before it is played, whether it can be by now, and whether it still can. */
  async state(): Promise<ShowState> {
    if (this.#state.state !== 'ready') return this.#state;
    const found = await this.#prepare(this.#state.platform);
    return found instanceof Moves ? this.#state : { ...this.#state, state: found };
  }

  /** The release that it shows is planned, or there will be none: tells whoever waits for it. */
  async open(): Promise<void> {
    this.#isOpen = true;
    this.#options.onState(await this.state());
  }

  /**
   * Begins; before there is a release to show, as soon as there is one. Answers false when the release is too far on, or
   * the show was played already.
   */
  async play(wanted: ChatPlatform = this.#state.platform): Promise<boolean> {
    if (this.#state.state === 'waiting') return true;
    if (this.#state.state !== 'ready') return false;
    const platform = this.#options.platforms.includes(wanted) ? wanted : this.#state.platform;
    const found = await this.#prepare(platform);
    if (found === 'late' || this.#state.state !== 'ready') return false;
    this.#become({ state: 'waiting', platform, steps: stepsOn(platform) });
    this.#begin(found).catch((error: unknown) => {
      const different = error instanceof StoryError;
      if (!this.#isOver()) this.#become({ state: 'failed', detail: errorMessage(error) });
      if (!different) console.error(error);
    });
    return true;
  }

  /** Waits for the release where it has to, and plays it. */
  async #begin(found: Moves | 'starting'): Promise<void> {
    let moves: Moves | 'starting' | 'late' = found;
    while (moves === 'starting') {
      await pause(lookEvery);
      moves = await this.#prepare(this.#state.platform);
      // Who waited may have thought better of it.
      if (this.#state.state !== 'waiting') return;
    }
    this.#become({ state: moves === 'late' ? 'late' : 'playing' });
    if (moves !== 'late') await this.#run(moves);
  }

  pause(): void {
    if (this.#state.state === 'playing') this.#become({ state: 'paused' });
  }

  resume(): void {
    if (this.#state.state === 'paused') this.#become({ state: 'playing' });
  }

  /** Doesn't wait for the reader any longer; goes on when it is paused. */
  next(): void {
    this.resume();
    this.#goOn = true;
  }

  /** Ends it where it stands; what a person is doing in it is finished. One that has not begun can still be played. */
  stop(): void {
    if (this.#state.state === 'waiting') this.#become({ state: 'ready' });
    else if (['playing', 'paused'].includes(this.#state.state)) this.#become({ state: 'stopped' });
  }

  async #prepare(platform: ChatPlatform): Promise<Moves | 'starting' | 'late'> {
    const { url, timeoutMs } = this.#options;
    const found = await prepareMoves(url, platform, timeoutMs);
    if (found !== 'unplanned') return found;
    return this.#isOpen ? 'late' : 'starting';
  }

  async #run(moves: Moves): Promise<void> {
    await moves.stage.control.changeClock({ rate: 1, paused: false });
    const isInBoth = this.#options.platforms.length > 1;
    if (isInBoth && this.#state.platform === 'teams') await preferHere(moves);
    for (const [step, scene] of scenes.entries()) {
      this.#become({ step, at: await placeOf(moves, scene), message: null });
      if (!(await this.#giveTime(this.#options.reading?.before ?? reading.before))) return;
      const message = await scene.play(moves);
      if (this.#isOver()) return;
      this.#become({ message: message ? { channel: message.channel, ts: message.ts } : null });
      if (!(await this.#giveTime(this.#options.reading?.after ?? reading.after))) return;
    }
    this.#become({ state: 'over' });
  }

  /** Waits so long, not counting pauses. Answers false when somebody took over. */
  async #giveTime(ms: number): Promise<boolean> {
    const slice = 50;
    this.#goOn = false;
    for (let left = ms; !this.#isOver() && (left > 0 || this.#state.state === 'paused'); left -= slice) {
      if (this.#goOn) break;
      if (this.#state.state === 'paused') left += slice;
      await pause(slice);
    }
    return !this.#isOver();
  }

  #isOver(): boolean {
    return ['over', 'stopped', 'failed'].includes(this.#state.state);
  }

  #become(change: Partial<ShowState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onState(this.#state);
  }
}

/** Whoever is watched on their own gets their messages where one looks. */
async function preferHere({ stage }: Moves): Promise<void> {
  const watched = scenes.flatMap(({ place }) => (place.startsWith('@') ? [place.slice(1)] : []));
  for (const handle of new Set(watched)) await preferTeams(stage, handle);
}

async function placeOf({ stage }: Moves, { place, person }: Scene): Promise<NonNullable<ShowState['at']>> {
  const { id } = stage.person(person);
  const channel = place.startsWith('@')
    ? await stage.control.direct(stage.person(place.slice(1)).id)
    : stage.channelId(place);
  return { channel, person: id };
}
