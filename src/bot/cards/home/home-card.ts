import { progressBar } from '../../../core/card/bar.ts';
import { type Block, type Button, bold, type Card, command, note } from '../../../core/card/card.ts';
import { inlines, type Line, line } from '../../../core/card/line.ts';
import { countdown, localDate } from '../../../core/card/local-date.ts';
import { placesOf } from '../../../services/kernel/places-of.ts';
import { lines } from '../parts/lines.ts';
import { releaseName } from '../parts/release-name.ts';
import { rolloutStatus } from '../parts/rollout-status.ts';
import { rolloutTitle } from '../parts/rollout-title.ts';
import { subscriptionNotes } from '../parts/subscription-notes.ts';
import type { HomeRelease, HomeView, OtherRelease } from './home-view.ts';
import { needsYou } from './needs-you.ts';
import { taskSection } from './task-section.ts';

const releasesShown = 10;
const weekMs = 7 * 86_400_000;

/** A person's App Home: what needs them, how the releases stand, what this week brings. */
export function homeCard(view: HomeView): Card {
  const waiting = needsYou(view);
  return {
    summary: 'tminus',
    blocks: [
      { type: 'header', text: 'Needs you' },
      ...(waiting.length > 0 ? waiting : [note('Nothing right now. Whatever needs you shows up here.')]),
      ...taskSection(view),
      { type: 'divider' },
      { type: 'header', text: 'Releases' },
      ...releaseBlocks(view),
      { type: 'divider' },
      { type: 'header', text: 'This week' },
      ...weekBlocks(view),
      { type: 'divider' },
      ...subscriptionNotes(view.subscriptions ?? []),
      ...footer(view),
    ],
  };
}

function releaseBlocks({ releases, others, now }: HomeView): Block[] {
  if (releases.length === 0 && others.length === 0) return [note('There are no releases yet.')];
  if (releases.length === 0)
    return [...otherBlocks(others, now), note("You don't have a role in any release.")];
  const shown = releases.slice(0, releasesShown).map((entry) => releaseLine(entry, now));
  const rest =
    releases.length > releasesShown ? [note(line`There are more: ${command('release', 'list')}.`)] : [];
  return [...lines(...shown), ...rest, ...otherBlocks(others, now)];
}

/** Releases to look at, a line each, and below them one row of buttons to follow them or not. */
function otherBlocks(others: readonly OtherRelease[], now: number): Block[] {
  if (others.length === 0) return [];
  const buttons = others.map(followButton);
  return [...lines(...others.map((entry) => releaseLine(entry, now))), { type: 'actions', buttons }];
}

function followButton({ release: { key }, isFollowed }: OtherRelease): Button {
  const value = JSON.stringify({ releaseKey: key });
  return isFollowed
    ? { action: 'unfollow-release', label: `Stop following ${key}`, value }
    : { action: 'follow-release', label: `Follow ${key}`, value };
}

/** `🟢 Web shop 2.4.0 (web-2.4.0) ▓░░░░░░░░░ 10 % · healthy · until today 13:05 (in 1 hour)` */
function releaseLine({ release, rollout, facts }: HomeRelease, now: number): Line {
  const status = rolloutStatus(release, rollout, now, facts);
  const { mark, words } = rolloutTitle(rollout, status);
  const { zone } = release.plan.goLive;
  const bar = rollout.state === 'running' ? line` ${progressBar(rollout.trafficPercent)}` : '';
  const name = line`${mark} ${bold(releaseName(release))} (${release.key})${bar} · ${words}`;
  if (status.kind === 'soaking' && now < status.endsAt)
    return line`${name} · until ${countdown(status.endsAt, zone)}`;
  if (rollout.state !== 'not_started' || status.kind === 'cancelled') return name;
  return line`${name} · go-live ${countdown(release.goLiveAt, zone)}`;
}

function weekBlocks({ coming, now }: HomeView): Block[] {
  const soon = coming.filter(({ dueAt }) => dueAt < now + weekMs);
  if (soon.length === 0) return [note('Nothing is planned in your releases.')];
  const items = soon.map((coming) => {
    const { title, releaseKey, dueAt, zone, addresses } = coming;
    const approval = coming.isUnapproved ? ', if it is approved' : '';
    return inlines(
      line`${localDate(dueAt, zone)}: ${bold(title)} for ${releaseKey}, in ${placesOf(coming, addresses)}${approval}`,
    );
  });
  return [{ type: 'list', ordered: false, items }];
}

function footer({ mayPlan }: HomeView): Block[] {
  const help = note(line`What you can type: ${command('release', 'help')}`);
  if (!mayPlan) return [help];
  return [
    { type: 'actions', buttons: [{ action: 'new-release', label: 'New release…', value: '{}' }] },
    help,
  ];
}
