import { type Card, command, note, paragraph } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import type { ReleaseTransition } from '../release/release-state.ts';

interface FollowedFacts {
  releaseKey: string;
  /** `Web shop 2.4.0`. */
  title: string;
  /** Epoch ms. */
  goLiveAt: number;
  zone: string;
}

/** What somebody who follows a release is told when it comes a step further; null when that is no news for them. */
export function followedNews(news: ReleaseTransition | 'live', facts: FollowedFacts): Card | null {
  const summary = sentenceOf(news, facts);
  if (summary === null) return null;
  const stop = command('release', `unfollow ${facts.releaseKey}`);
  return {
    summary,
    blocks: [paragraph(summary), note(line`You follow this release. To stop, use ${stop}.`)],
  };
}

function sentenceOf(news: ReleaseTransition | 'live', { title, goLiveAt, zone }: FollowedFacts): Line | null {
  switch (news) {
    case 'approve':
      return line`✅ ${title} is approved. Go-live ${localDate(goLiveAt, zone)}.`;
    case 'start':
    case 'startWithoutGo':
      return `⏫ The rollout of ${title} has started.`;
    case 'live':
      return `🎉 ${title} is live for everyone.`;
    case 'rollBack':
      return `⏪ ${title} was rolled back.`;
    case 'cancel':
      return `✖️ ${title} is cancelled and won't go live.`;
    case 'plan':
    case 'withdrawApproval':
    case 'complete':
      return null;
  }
}

/** What the card shows to somebody who doesn't follow the release any more. */
export function unfollowedCard({ releaseKey, title }: Pick<FollowedFacts, 'releaseKey' | 'title'>): Card {
  const summary = `You no longer follow ${title}`;
  const again = command('release', `follow ${releaseKey}`);
  return { summary, blocks: [paragraph(line`${summary}. To follow it again, use ${again}.`)] };
}
