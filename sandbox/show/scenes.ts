import { durationMs } from '../../src/core/calendar/duration.ts';
import { deriveSchedule } from '../../src/core/schedule/derive-schedule.ts';
import { goLiveInstant } from '../../src/core/schedule/resolve-schedule-time.ts';
import type { ChatPlatform } from '../chat-platform.ts';
import type { Message } from '../control-api.ts';
import { wordsOf } from '../story/plain-text.ts';
import { type Moves, offers } from './moves.ts';
import type { ShowStep } from './show-api.ts';

/** A step of the show: where it happens, as whom it is watched, and what is done. */
export interface Scene extends ShowStep {
  /** The caption in Teams, where another one is true there. */
  captionInTeams?: string;
  /** `#channel`, or `@handle` for that person's direct messages. */
  place: string;
  /** Handle of the person whose eyes one looks through. */
  person: string;
  /** Answers the message that it is about. */
  play: (moves: Moves) => Promise<Message | undefined>;
}

const channel = '#release-deployment';

/** One release from its plan to its rollback, in about a minute. */
export const scenes: Scene[] = [
  {
    title: 'Planned',
    caption: 'Rita has planned web-2.4.0: what, when and who. From here on, tminus runs the schedule.',
    place: channel,
    person: 'rita',
    play: (moves) => moves.newest(channel),
  },
  {
    title: 'Two weeks before',
    caption: 'Each audience hears what matters to it. Executives get the impact and the risk.',
    place: '#executives',
    person: 'bo',
    play: (moves) => moves.jumpTo(firstNewsFor(moves, 'executives'), '#executives'),
  },
  {
    title: 'One week before',
    caption: 'Six roles are asked if they are ready. Quinn says no-go and why, a week early: time to fix it.',
    place: channel,
    person: 'quinn',
    play: async (moves) => {
      await moves.stage.moveTo(moves.pollOpensAt('readiness'));
      const card = await moves.seeButton(channel, 'vote-no-go');
      await moves.voteNoGo('quinn', card, 'Two regression tests are still red');
      return card;
    },
  },
  {
    title: 'Everybody is ready',
    caption:
      'The tests are fixed, so Quinn changes her vote. The card keeps count, and Rita closes the poll.',
    place: channel,
    person: 'rita',
    play: async (moves) => {
      const card = await moves.seeButton(channel, 'vote-go');
      await moves.voteGo(card);
      await moves.closePoll(card);
      return card;
    },
  },
  {
    title: 'The day before',
    caption: 'Now it counts: go or no-go? Every voter gets a ballot by direct message. Dana votes go.',
    captionInTeams: 'Now it counts: go or no-go? Every voter gets a ballot in their own chat. Dana votes go.',
    place: '@dana',
    person: 'dana',
    play: async (moves) => {
      await moves.stage.moveTo(moves.pollOpensAt('decision'));
      await moves.seeButton(channel, 'vote-go');
      const ballot = await moves.seeButton('@dana', 'vote-go');
      await moves.click('dana', 'vote-go', ballot);
      return ballot;
    },
  },
  {
    title: 'Go',
    caption: 'The other five vote go, and the release is approved. Without this, nobody can deploy it.',
    place: channel,
    person: 'rita',
    play: async (moves) => {
      const card = await moves.seeButton(channel, 'vote-go');
      await moves.voteGo(card, ['dana']);
      return moves.closePoll(card);
    },
  },
  {
    title: 'Go-live',
    caption:
      'It is time. The live card shows where the rollout stands. Nothing is deployed until somebody acts.',
    place: channel,
    person: 'dana',
    play: async (moves) => {
      await moves.stage.moveTo(goLiveInstant(moves.plan));
      return moves.seeButton(channel, 'promote');
    },
  },
  {
    title: 'Not everybody can',
    caption: 'Ines has no role in this release. She tries to promote it, and is told privately who can.',
    captionInTeams: 'Ines has no role in this release. She tries to promote it, and is told who can.',
    place: channel,
    person: 'ines',
    play: async (moves) => (await moves.stage.command('ines', '/promote', moves.plan.release)).message,
  },
  {
    title: '1 % of traffic',
    caption: 'Dana can. 1 % of real requests now go to the new version. tminus checks before it says so.',
    place: channel,
    person: 'dana',
    play: (moves) => moves.promote('dana', 1),
  },
  {
    title: '10 % of traffic',
    caption: 'An hour later, error rate and speed are within their limits. Dana continues to 10 %.',
    place: channel,
    person: 'dana',
    play: async (moves) => {
      const { nowMs } = await moves.stage.control.clock();
      await moves.stage.moveTo(nowMs + durationMs(moves.plan.rollout.phases[0]?.soak ?? 'PT0S'));
      return moves.promote('dana', 10);
    },
  },
  {
    title: 'It breaks',
    caption: 'A third of the requests to the new version fail. Within seconds, the card turns red.',
    place: channel,
    person: 'emil',
    play: async (moves) => {
      await moves.stage.control.changeDemo({ faulty: true });
      return moves.stage.see('a red gate', async () => {
        const posts = await moves.stage.posts(channel);
        return posts.findLast((post) => offers(post, 'roll-back') && wordsOf(post).includes('🔴'));
      });
    },
  },
  {
    title: 'Rolled back',
    caption: 'Emil rolls back: one confirmation with a reason. All traffic is on the old version again.',
    place: channel,
    person: 'emil',
    play: async (moves) => {
      const before = (await moves.news(channel)).length;
      await moves.rollBack('emil', 'A third of the checkouts fail with status 500');
      return moves.seeMore(channel, before);
    },
  },
  {
    title: 'Everybody knows',
    caption: 'Support and executives are told at once: what happened, what customers have now, what is next.',
    place: '#executives',
    person: 'bo',
    play: (moves) =>
      moves.stage.see('news for the executives', async () => {
        const newest = await moves.newest('#executives');
        return newest && Date.parse(newest.at) >= goLiveInstant(moves.plan) ? newest : undefined;
      }),
  },
];

/** What is announced of each step where it is played on this platform. */
export function stepsOn(platform: ChatPlatform): ShowStep[] {
  return scenes.map(({ title, caption, captionInTeams }) => ({
    title,
    caption: (platform === 'teams' && captionInTeams) || caption,
  }));
}

/** When the schedule has the first message for an audience, epoch ms. */
function firstNewsFor(moves: Moves, audience: string): number {
  const item = deriveSchedule(moves.plan).find((each) => each.audience === audience && each.dueAt !== null);
  return item?.dueAt ?? 0;
}
