import type { Proposal } from '../../core/approval/proposal.ts';
import { chooseMessage } from '../../core/schedule/choose-message.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { expectedFacts } from '../../core/template/preview-messages.ts';
import type { Draft } from '../../db/queries/drafts.ts';
import { loadExposure } from '../../db/queries/exposure.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import type { Scope } from '../kernel/scope.ts';
import { chooseText, renderText } from '../messages/item-text.ts';
import { renderMessage } from '../messages/render-message.ts';

type Usual = Pick<Proposal, 'usual' | 'blocked'>;

/**
 * What an item would say: as the release is expected to stand when it is due, or as it stands now, when that has
 * passed or the release did not go as planned.
 */
export async function propose(
  scope: Scope,
  release: Release,
  draft: Pick<Draft, 'item'> & { isDue: boolean; edited: Proposal['edited'] },
): Promise<Proposal> {
  const { item, isDue, edited } = draft;
  const isSettled = release.state === 'rolled_back' || release.state === 'completed';
  const usual =
    isDue || isSettled ? await asItStands(scope, release, item) : asExpected(scope, release, item);
  return { ...usual, edited, addresses: item.addresses, dueAt: item.dueAt };
}

function asExpected({ ctx, now }: Scope, release: Release, item: ScheduleItem): Usual {
  const facts = expectedFacts(release.plan, item);
  const choice = chooseMessage(item, facts);
  if (!choice.send) return { usual: null, blocked: choice.reason };
  if (choice.template === null) return noText;
  const { state, trafficPercent, exposure = null } = facts;
  const at = Number.isFinite(facts.now) ? Math.max(facts.now, now) : now;
  const { audience, wave } = item;
  const message = { template: choice.template, trafficPercent, exposure, audience, wave, now: at };
  return { usual: renderMessage(ctx, { ...release, state }, message), blocked: null };
}

async function asItStands(scope: Scope, release: Release, item: ScheduleItem): Promise<Usual> {
  const [rollout, decision, exposure] = await Promise.all([
    loadRollout(scope.tx, release.id),
    latestPoll(scope.tx, release.id),
    release.state === 'rolled_back' ? loadExposure(scope.tx, release.id) : null,
  ]);
  const known = { item, rollout, decision, exposure, now: Math.max(scope.now, item.dueAt ?? 0) };
  const choice = chooseText(scope.ctx, release, known);
  if (!choice.send) return { usual: null, blocked: choice.reason };
  const { template } = choice;
  if (template === null) return noText;
  return { usual: renderText(scope.ctx, release, { ...known, template }).content, blocked: null };
}

/** A card that is edited in place has no wording that could be approved. */
const noText: Usual = { usual: null, blocked: 'Not sent: it has no text that could be approved.' };
