import { type Card, command, mention, paragraph } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { readinessOptions } from '../../core/plan/readiness-schema.ts';
import { checklistTitle } from '../../core/readiness/checklists/checklist-titles.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { countWords } from '../../lib/count-words.ts';
import { deliver } from '../kernel/effects.ts';
import { type Refusal, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { reachable } from '../kernel/who-may.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { type Readiness, readinessOf } from './readiness-of.ts';

/** So many reasons are given one by one. */
const maxReasons = 10;

/** Why nobody may open the vote on a release now: its plan waits for readiness, and it is not ready. Null: they may. */
export async function refuseUnready({ tx, now }: Scope, release: Release): Promise<Refusal | null> {
  if (!readinessOptions(release.plan).blocksDecision) return null;
  const readiness = await readinessOf(tx, release, now);
  if (readiness.isReady) return null;
  const message = `${release.key} is not ready, and its plan opens the vote only once it is.`;
  return refuse('conditions-unmet', message, {
    releaseId: release.id,
    reasons: reasonsOf(release, readiness),
    hint: line`See who sees to what: ${command('release', `readiness ${release.key}`)}.`,
  }).refusal;
}

/** Tells the channel of a release that its vote was to open and has not, and whom that concerns. */
export async function tellUnready(scope: Scope, release: Release): Promise<void> {
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: 'not-ready',
    content: unreadyMessage(release),
  });
}

function unreadyMessage(release: Release): Card {
  const summary = `🚦 The go/no-go for ${release.key} has not opened: the release is not ready`;
  const [manager] = reachable(release, ['release_manager']);
  const ask = command('release', `go-no-go ${release.key}`);
  const whoAsks: Line = manager ? [mention(manager)] : 'The release manager';
  return {
    summary,
    blocks: [
      paragraph(summary, '.'),
      paragraph(line`See what blocks it with ${command('release', `readiness ${release.key}`)}.`),
      paragraph(line`Next: ${whoAsks} opens the vote once that is done: ${ask}.`),
    ],
  };
}

function reasonsOf(release: Release, { blocking }: Readiness): Line[] {
  const lists = [...new Set(blocking.items.map(({ checklist }) => checklist ?? ''))];
  const reasons = [
    ...blocking.milestones.map(({ task }) => `The milestone “${task.title}” is overdue.`),
    ...lists.map((key) => {
      const count = blocking.items.filter(({ checklist }) => checklist === key).length;
      return `“${checklistTitle(release.plan, key)}” has ${countWords(count, 'open item')}.`;
    }),
    ...blocking.gates.map(({ gate, state }) => `The gate “${gate.title}” ${stateWords[state]}.`),
  ];
  const more = reasons.length - maxReasons;
  return more > 0 ? [...reasons.slice(0, maxReasons), `And ${countWords(more, 'more reason')}.`] : reasons;
}

const stateWords = {
  pass: 'passes',
  fail: 'fails',
  stale: 'has a result that is too old',
  missing: 'has no result',
  waived: 'is waived',
} as const;
