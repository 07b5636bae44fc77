import { type Block, bold, type Card, command, type Inline, paragraph, text } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import type { PollTally } from '../go-no-go/decide-poll.ts';
import { roleTitle } from '../plan/roles.ts';
import { quoteObjections } from './quote-objections.ts';
import { shortReason } from './reason.ts';

/** What the channel is told when a go/no-go closes: the outcome, what blocked it, and the next step. */
export function decisionMessage(facts: {
  releaseKey: string;
  kind: 'readiness' | 'decision';
  tally: PollTally;
  /** Who closed it before its time; null when its time had come. */
  closedBy: string | null;
  /** The go-live instant in the release's zone. */
  goLive: string;
  /** When the decision poll opens, in the release's zone. */
  decisionOpens: string;
  /** Go-live has come already. */
  goLivePassed: boolean;
}): Card {
  const { releaseKey, kind, tally } = facts;
  const go = tally.outcome === 'go';
  const headline =
    kind === 'decision'
      ? `${releaseKey}: ${go ? 'go' : 'not a go'}`
      : `${releaseKey}: readiness check ${go ? 'passed' : 'not passed'}`;
  const blocks: Block[] = [{ type: 'header', text: headline }, paragraph(outcomeSentence(facts))];
  const open = objections(tally);
  if (open.length > 0) blocks.push({ type: 'list', ordered: false, items: open });
  blocks.push(...quoteObjections(tally.against));
  if (facts.closedBy !== null) blocks.push(paragraph(`Closed before its time by ${facts.closedBy}.`));
  return { summary: headline, blocks };
}

function outcomeSentence({
  releaseKey,
  kind,
  tally,
  goLive,
  decisionOpens,
  goLivePassed,
}: Parameters<typeof decisionMessage>[0]): Line {
  const count = tally.byRole.length;
  if (tally.outcome === 'go') {
    if (kind === 'decision') {
      const next = goLivePassed
        ? line`go-live was planned for ${goLive}, so ${command('promote', releaseKey)} can start it now`
        : `go-live is ${goLive}`;
      return line`All ${count} required roles voted go. ${releaseKey} is approved; ${next}.`;
    }
    return `All ${count} required roles voted go. The decision poll opens ${decisionOpens}.`;
  }
  return kind === 'decision'
    ? line`${releaseKey} is not approved. When this is settled, ask again with ${command('release', `go-no-go ${releaseKey}`)}.`
    : `To settle before the decision poll opens, ${decisionOpens}:`;
}

function objections(tally: PollTally): Inline[][] {
  return tally.byRole.flatMap(({ role, vote }) => {
    const name = bold(`${roleTitle(role)}: `);
    if (!vote) return [[name, text('no vote')]];
    if (vote.choice === 'go') return [];
    return [[name, text(`no-go by ${vote.personName}: ${shortReason(vote.reason ?? '')}`)]];
  });
}
