import { listWords } from '../../lib/list-words.ts';
import { type Block, bold, type Card, command, type Inline, paragraph, request, text } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import type { PollOutcome, PollTally } from '../go-no-go/decide-poll.ts';
import { describePolicy, type PollPolicy } from '../go-no-go/poll-policy.ts';
import { outcomeWords, pollNames, timedOutWords } from '../go-no-go/poll-words.ts';
import { describeSharedRoles } from '../go-no-go/shared-roles.ts';
import { choiceWords, countsAs, type Vote } from '../go-no-go/vote.ts';
import { roleTitle } from '../plan/roles.ts';
import { ask, type Named } from './mention.ts';
import { quoteObjections } from './quote-objections.ts';
import { shortReason } from './reason.ts';

/** What the channel is told when a go/no-go closes: the outcome, what blocked it, and the next step. */
export function decisionMessage(facts: {
  releaseKey: string;
  kind: 'readiness' | 'decision';
  tally: PollTally;
  outcome: PollOutcome;
  policy: PollPolicy;
  /** Who has to sign the go off before it approves the release; null: nobody has to. */
  signers: readonly Named[] | null;
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
  const { releaseKey, tally } = facts;
  const headline = `${releaseKey}: ${resultWords(facts)}`;
  const blocks: Block[] = [{ type: 'header', text: headline }, paragraph(outcomeSentence(facts))];
  const open = objections(tally);
  if (open.length > 0) blocks.push({ type: 'list', ordered: false, items: open });
  blocks.push(...advice(tally).map((said) => paragraph(said)));
  blocks.push(...quoteObjections(tally.against));
  blocks.push(...sharedRoles(tally).map((sentence) => paragraph(sentence)));
  if (facts.signers !== null)
    blocks.push(
      request(ask(facts.signers, line`sign it off with ${command('release', `sign-off ${releaseKey}`)}.`)),
    );
  if (facts.closedBy !== null) blocks.push(paragraph(`Closed early by ${facts.closedBy}.`));
  return { summary: headline, blocks };
}

function resultWords({ kind, tally, outcome, closedBy }: Parameters<typeof decisionMessage>[0]): string {
  const timedOut = timedOutWords(tally.missing.length, { early: closedBy !== null });
  if (kind === 'decision') return outcome === 'timed_out' ? timedOut : outcomeWords[outcome];
  if (outcome === 'timed_out') return `${pollNames.readiness} ${timedOut}`;
  return `${pollNames.readiness} ${outcome === 'go' ? 'passed' : 'not passed'}`;
}

/** `All 6 required roles voted go`, or how many did, and what that takes. */
function approval({ tally, policy }: Parameters<typeof decisionMessage>[0]): string {
  const count = tally.byRole.length;
  const inFavour = tally.byRole.filter(({ vote }) => vote !== null && countsAs(vote) === 'for').length;
  const path = policy.path === 'emergency' ? 'Emergency path: ' : '';
  if (inFavour === count) return `${path}${path ? 'all' : 'All'} ${count} required roles voted go`;
  return `${path}${inFavour} of ${count} required roles voted go (${describePolicy(policy, count)})`;
}

function outcomeSentence(facts: Parameters<typeof decisionMessage>[0]): Line {
  const { releaseKey, kind, outcome, goStood, zone } = facts;
  if (kind === 'readiness') {
    const kept = goStood ? `${releaseKey} keeps its go: this check doesn't change it. ` : '';
    const opens = line`${goStood ? 'asks again' : 'opens'} ${localDate(facts.decisionOpens, zone)}`;
    return outcome === 'go'
      ? line`${approval(facts)}. ${kept}The decision poll ${opens}.`
      : line`${kept}To resolve before the decision poll ${opens}:`;
  }
  switch (outcome) {
    case 'go':
      return facts.signers === null
        ? line`${approval(facts)}. ${releaseKey} is approved; ${nextStep(facts)}.`
        : line`${approval(facts)}. ${releaseKey} is approved once it is signed off; ${nextStep(facts)}.`;
    case 'overridden':
      return line`${releaseKey} is approved against the votes; ${nextStep(facts)}.`;
    case 'timed_out':
      return line`${releaseKey} is not approved: votes are missing. ${refusals(facts.tally)} Ask again with ${command('release', `go-no-go ${releaseKey}`)}.`;
    case 'go_stands':
      return line`Some votes are missing${facts.tally.against.length === 0 ? ', but nobody voted no-go' : ', and with them it could have been a go'}, so the earlier go decision stands. ${releaseKey} is approved; ${nextStep(facts)}.`;
    case 'no_go': {
      const state = goStood ? 'no longer approved: a no-go overrides the earlier go' : 'not approved';
      return line`${releaseKey} is ${state}. Once this is fixed, ask again with ${command('release', `go-no-go ${releaseKey}`)}.`;
    }
  }
}

/** Where a majority decides, some may have refused what the missing votes could still have approved. */
function refusals({ against }: PollTally): string {
  if (against.length === 0) return 'Nobody has refused it.';
  const names = [...new Set(against.map(({ personName }) => personName))];
  return `${listWords(names)} voted no-go, and the missing votes could still have made it a go.`;
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
    const said = objectionOf(vote);
    return said === null ? [] : [[name, text(said)]];
  });
}

/** What a vote says besides a plain go; null: nothing. */
function objectionOf({ choice, personName, reason, condition }: Vote): string | null {
  if (choice === 'go') return null;
  const why = shortReason(condition?.text ?? reason ?? '');
  const unmet = condition?.state === 'unmet' ? ', which was not met' : '';
  return `${choiceWords[choice]}${unmet} by ${personName}: ${why}`;
}

/** What the roles said whose votes have no weight. */
function advice({ advisory }: PollTally): string[] {
  return advisory.flatMap(({ role, vote }) => {
    if (!vote) return [];
    const why = objectionOf(vote)?.replace(/^[^:]*/u, '') ?? '';
    return [`Advisory, ${roleTitle(role)}: ${choiceWords[vote.choice]} by ${vote.personName}${why}`];
  });
}
