import { type Block, bold, type Card, command, note, paragraph } from '../../../core/card/card.ts';
import { inlines, line } from '../../../core/card/line.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Rollout } from '../../../db/queries/rollouts.ts';
import type { Task } from '../../../db/queries/tasks.ts';
import { planLinkBlocks } from '../parts/plan-links.ts';
import { releaseName } from '../parts/release-name.ts';
import { rolledBackBlocks } from '../parts/rollout-ended.ts';
import { eventLine, latestEvents } from '../parts/rollout-events.ts';
import { lockBlocks } from '../parts/rollout-standing.ts';
import type { ShownLock } from '../parts/rollout-status.ts';
import { sentenceCard } from './refusal-card.ts';

/**
 * What is known of a rollback in one place: how far it had come, by whom it was taken back and why, what was done when, what
 * is still to be done. All of it follows from what was recorded as it happened.
 */
export function incidentCard(
  release: Release,
  rollout: Rollout,
  { tasks, locked }: { tasks: readonly Task[]; locked: ShownLock | null },
): Card {
  if (rollout.state !== 'rolled_back')
    return sentenceCard(`${release.key} was not rolled back, so there is no incident to record.`);
  const summary = `Incident: ${release.key} was rolled back`;
  const events = latestEvents(rollout).toReversed();
  return {
    summary,
    blocks: [
      { type: 'header', text: `⏪ Incident: ${releaseName(release)} was rolled back` },
      ...lockBlocks(release, locked),
      ...rolledBackBlocks(release, rollout),
      paragraph(bold('What was done:')),
      { type: 'list', ordered: true, items: events.map((event) => inlines(eventLine(release, event))) },
      ...followUpBlocks(release, tasks),
      ...planLinkBlocks(release.plan, ['dashboard', 'build', 'runbook']),
      note(line`Every step with its evidence: ${command('release', `audit ${release.key} all`)}.`),
    ],
  };
}

const marks: Readonly<Record<Task['state'], string>> = { open: '⬜', done: '✅', 'not-applicable': '➖' };

function followUpBlocks({ key }: Release, tasks: readonly Task[]): Block[] {
  const followUp = tasks.filter(({ kind }) => kind === 'follow-up');
  if (followUp.length === 0) return [];
  const settled = followUp.filter(({ state }) => state !== 'open').length;
  return [
    paragraph(bold(`Follow-up: ${settled} of ${followUp.length} done`)),
    {
      type: 'list',
      ordered: false,
      items: followUp.map(({ state, title, settledByName }) =>
        inlines(`${marks[state]} ${title}${settledByName === null ? '' : ` (${settledByName})`}`),
      ),
    },
    note(line`To tick them: ${command('release', `tasks ${key}`)}.`),
  ];
}
