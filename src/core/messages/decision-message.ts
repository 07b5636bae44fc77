import { type Block, bold, type Card, command, type Inline, paragraph, text } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import type { PollOutcome, PollTally } from '../go-no-go/decide-poll.ts';
import { outcomeWords, pollNames } from '../go-no-go/poll-words.ts';
import { describeSharedRoles } from '../go-no-go/shared-roles.ts';
import { roleTitle } from '../plan/roles.ts';
import { quoteObjections } from './quote-objections.ts';
import { shortReason } from './reason.ts';

/** What the channel is told when a go/no-go closes: the outcome, what blocked it, and the next step. */
export function decisionMessage(facts: {
  releaseKey: string;
  kind: 'readiness' | 'decision';
  tally: PollTally;
  outcome: PollOutcome;
  /** A go stood already when the poll closed. */
  goStood: boolean;
  /** Who closed it before its time; null when its time had come. */
  closedBy: string | null;
  /** Epoch ms. */
  goLiveAt: number;
  /** When the decision poll opens; epoch ms. */
  decisionOpens: number;
  /** The release's zone. */
  zone: string;
  /** Go-live has come already. */
  goLivePassed: boolean;
  /** tminus moves the traffic, by a driver that is configured. */
  hasDriver: boolean;
}): Card {
  const { releaseKey, kind, tally, outcome } = facts;
  const headline =
    kind === 'decision'
      ? `${releaseKey}: ${outcomeWords[outcome]}`
      : `${releaseKey}: ${pollNames.readiness} ${outcome === 'go' ? 'passed' : 'not passed'}`;
  const blocks: Block[] = [{ type: 'header', text: headline }, paragraph(outcomeSentence(facts))];
  const open = objections(tally);
  if (open.length > 0) blocks.push({ type: 'list', ordered: false, items: open });
  blocks.push(...quoteObjections(tally.against));
  blocks.push(...sharedRoles(tally).map((sentence) => paragraph(sentence)));
  if (facts.closedBy !== null) blocks.push(paragraph(`Closed early by ${facts.closedBy}.`));
  return { summary: headline, blocks };
}

function outcomeSentence(facts: Parameters<typeof decisionMessage>[0]): Line {
  const { releaseKey, kind, tally, outcome, goStood, zone } = facts;
  const count = tally.byRole.length;
  if (kind === 'readiness') {
    const kept = goStood ? `${releaseKey} keeps its go: this check doesn't change it. ` : '';
    const opens = line`${goStood ? 'asks again' : 'opens'} ${localDate(facts.decisionOpens, zone)}`;
    return outcome === 'go'
      ? line`All ${count} required roles voted go. ${kept}The decision poll ${opens}.`
      : line`${kept}To resolve before the decision poll ${opens}:`;
  }
  switch (outcome) {
    case 'go':
      return line`All ${count} required roles voted go. ${releaseKey} is approved; ${nextStep(facts)}.`;
    case 'go_stands':
      return line`Some votes are missing, but nobody voted no-go, so the earlier go decision stands. ${releaseKey} is approved; ${nextStep(facts)}.`;
    case 'no_go': {
      const state = goStood ? 'no longer approved: a no-go overrides the earlier go' : 'not approved';
      return line`${releaseKey} is ${state}. Once this is fixed, ask again with ${command('release', `go-no-go ${releaseKey}`)}.`;
    }
  }
}

function nextStep(facts: Parameters<typeof decisionMessage>[0]): Line {
  const { releaseKey, goLivePassed, hasDriver } = facts;
  const goLive = localDate(facts.goLiveAt, facts.zone);
  if (goLivePassed && !hasDriver) {
    const record = command('release', `record ${releaseKey} deployed 100%`);
    return line`go-live was planned for ${goLive}, so it can be deployed now; then record it with ${record} (or the share of traffic that it has)`;
  }
  return goLivePassed
    ? line`go-live was planned for ${goLive}, so ${command('promote', releaseKey)} can start it now`
    : line`go-live is ${goLive}`;
}

function sharedRoles({ byRole }: PollTally): string[] {
  const voters = byRole.flatMap(({ role, vote }) =>
    vote ? [{ role, personId: vote.personId, name: vote.personName }] : [],
  );
  return describeSharedRoles(voters, { asked: byRole.length, verb: 'voted' });
}

function objections(tally: PollTally): Inline[][] {
  return tally.byRole.flatMap(({ role, vote }) => {
    const name = bold(`${roleTitle(role)}: `);
    if (!vote) return [[name, text('no vote')]];
    if (vote.choice === 'go') return [];
    return [[name, text(`no-go by ${vote.personName}: ${shortReason(vote.reason ?? '')}`)]];
  });
}
