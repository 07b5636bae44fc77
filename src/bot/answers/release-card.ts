import { type Block, bold, type Card, type Inline, paragraph, text } from '../../core/card.ts';
import { roleTitle } from '../../core/plan/roles.ts';
import { releaseStateTitles } from '../../core/release/release-state.ts';
import { describePhase } from '../../core/rollout/describe-phase.ts';
import { deriveSchedule } from '../../core/schedule/derive-schedule.ts';
import { describeDate, describeInstant, describeTime } from '../../core/schedule/describe-instant.ts';
import type { Release } from '../../db/queries/load-release.ts';

/** The answer to `/release show`: what, when and who, the go/no-go and the phases; the messages have an answer of their own. */
export function releaseCard(release: Release): Card {
  const { plan } = release;
  return {
    summary: `${release.key} is ${releaseStateTitles[release.state]}`,
    blocks: [
      { type: 'header', text: `${release.key}: ${releaseStateTitles[release.state]}` },
      paragraph(plan.summary),
      list([
        [bold('Go-live: '), text(describeInstant(release.goLiveAt, plan.goLive.zone))],
        [bold('Product: '), text(`${plan.product} ${plan.version} (${plan.type})`)],
        ...holders(release),
      ]),
      paragraph(bold('Go/no-go: '), 'it takes a go from each role that votes.'),
      list(polls(release)),
      paragraph(bold(`Rollout, ${plan.rollout.strategy}: `), 'share of traffic, soak, gates.'),
      list(plan.rollout.phases.map((phase) => [text(describePhase(phase))])),
      { type: 'note', content: [text(`/release schedule ${release.key} lists every message.`)] },
    ],
  };
}

function list(items: Inline[][]): Block {
  return { type: 'list', ordered: false, items };
}

function holders({ people, plan }: Release): Inline[][] {
  return people
    .filter((person) => person.position === 'holder')
    .map(({ role, name }) => {
      const votes = plan.goNoGo.roles.includes(role) ? ', votes' : '';
      return [bold(`${roleTitle(role)}: `), text(`${name}${votes}`)];
    });
}

function polls({ plan }: Release): Inline[][] {
  const { zone } = plan.goLive;
  return deriveSchedule(plan).flatMap((item) => {
    if (item.kind !== 'poll') return [];
    const opens = `${describeDate(item.dueAt, zone)}, ${describeTime(item.dueAt, zone)}`;
    return [[bold(`${item.title}: `), text(`${opens} to ${describeInstant(item.poll.closesAt, zone)}`)]];
  });
}
