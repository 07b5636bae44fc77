import { describeDate, describeInstant, describeTime } from '../../core/calendar/describe-instant.ts';
import { durationMs } from '../../core/calendar/duration.ts';
import {
  type Block,
  type Button,
  bold,
  type Card,
  type Confirmation,
  type Inline,
  paragraph,
  text,
} from '../../core/card/card.ts';
import { isLongReason, quoteLongReasons, shortReason } from '../../core/messages/reason.ts';
import { releaseStateTitles } from '../../core/release/release-state.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import type { OperationState } from '../../core/rollout/operation-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import {
  activeOperation,
  isTrafficKnown,
  knownTrafficPercent,
  type Operation,
  type Rollout,
} from '../../db/queries/rollouts.ts';

/** How many of the latest operations the card lists. */
const eventsShown = 5;

/** The live status of a rollout at `now` (epoch ms): share, phases, soak, gates, the last events, what can be done. */
export function rolloutCard(release: Release, rollout: Rollout, now: number): Card {
  const { summary, blocks } = rolloutStanding(release, rollout, now);
  return {
    summary,
    blocks: [...blocks, ...reasonsNote(release, rollout), ...buttonBlocks(release, rollout)],
  };
}

/** The same for one person who asks: reasons in full, and no act, since anybody may ask at any time. */
export function rolloutAnswer(release: Release, rollout: Rollout, now: number): Card {
  const { summary, blocks } = rolloutStanding(release, rollout, now);
  const given = latestEvents(rollout).map((event) => ({
    title: `${eventTitle(release, event)}:`,
    reason: event.reason,
  }));
  return { summary, blocks: [...blocks, ...quoteLongReasons(given)] };
}

function rolloutStanding(release: Release, rollout: Rollout, now: number): Card {
  const summary = `${release.key}: ${rolloutHeadline(release, rollout)}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      paragraph(phaseLine(release, rollout)),
      ...soakBlocks(release, rollout, now),
      ...gateBlocks(rollout),
      ...eventBlocks(release, rollout),
    ],
  };
}

/** The rollout's state in a few words. Only shares that were read from the target are told as facts. */
export function rolloutHeadline(release: Release, rollout: Rollout): string {
  const active = activeOperation(rollout);
  if (active?.kind === 'rollback') {
    return `rolling back${from(active)}`;
  }
  if (active) return `promoting${from(active)} to ${active.toPercent} %`;
  switch (rollout.state) {
    case 'rolled_back':
      return rolledBackHeadline(knownTrafficPercent(rollout));
    case 'completed':
      return knownTrafficPercent(rollout) === 100
        ? '100 % of traffic, rollout complete'
        : trafficHeadline(rollout);
    case 'running':
      return trafficHeadline(rollout);
    case 'not_started':
      return headlineBeforeFirstPhase(release, rollout);
  }
}

function trafficHeadline(rollout: Rollout): string {
  return isTrafficKnown(rollout)
    ? `${rollout.trafficPercent} % of traffic`
    : `share of traffic not known, ${rollout.trafficPercent} % when last read`;
}

function from({ fromPercent }: Operation): string {
  return fromPercent === null ? '' : ` from ${fromPercent} %`;
}

/** A command that was cancelled may come late, and the rollback that follows it may fail. */
function rolledBackHeadline(trafficPercent: number | null): string {
  if (trafficPercent === null) return 'rolled back, share of traffic not known now';
  return trafficPercent === 0
    ? 'rolled back, all traffic on the previous version'
    : `rolled back, but ${trafficPercent} % of traffic is on the new version again`;
}

/** A first promotion that was not confirmed may have sent traffic all the same. */
function headlineBeforeFirstPhase(release: Release, rollout: Rollout): string {
  if (rollout.trafficPercent > 0) return `${rollout.trafficPercent} % of traffic`;
  if (!isTrafficKnown(rollout)) return 'share of traffic not known';
  return isApproved(release)
    ? 'ready to promote, no traffic yet'
    : `${releaseStateTitles[release.state]}, no traffic`;
}

function isApproved({ state }: Release): boolean {
  return state === 'approved' || state === 'in_progress';
}

function phaseLine(release: Release, rollout: Rollout): string {
  const rolledBack = rollout.state === 'rolled_back';
  const phases = release.plan.rollout.phases.map(({ trafficPercent }, index) => {
    if (rolledBack || index > rollout.phaseIndex) return `○ ${trafficPercent} %`;
    return index === rollout.phaseIndex && rollout.state === 'running'
      ? `◉ ${trafficPercent} %`
      : `● ${trafficPercent} %`;
  });
  return phases.join('  →  ');
}

function soakBlocks(release: Release, rollout: Rollout, now: number): Block[] {
  const soak = release.plan.rollout.phases[rollout.phaseIndex]?.soak;
  if (rollout.state !== 'running' || rollout.phaseSince === null || !soak) return [];
  const endsAt = rollout.phaseSince + durationMs(soak);
  if (endsAt <= now) return [paragraph('The soak is over.')];
  const fallback = describeInstant(endsAt, release.plan.goLive.zone);
  const instant = new Date(endsAt).toISOString();
  return [paragraph('Soak until ', { type: 'time', instant, fallback, style: 'absolute' }, '.')];
}

const gateMarks: Record<GateResult['state'], string> = { pass: '🟢', fail: '🔴', unknown: '⚪' };

function gateBlocks(rollout: Rollout): Block[] {
  if (rollout.gates.length === 0) return [];
  return [{ type: 'list', ordered: false, items: rollout.gates.map(gateLine) }];
}

function gateLine(gate: GateResult): Inline[] {
  const name = bold(`${gateMarks[gate.state]} ${gate.title}: `);
  if (gate.state === 'unknown') return [bold(gateMarks.unknown), text(` ${gate.sentence}`)];
  return [name, text(`${gate.value}, must be ${gate.threshold}`)];
}

const operationWords: Record<OperationState, string> = {
  confirmed: 'asked for',
  running: 'under way',
  verifying: 'taken, being checked',
  succeeded: 'confirmed',
  not_taken: 'not taken by the target',
  failed: 'failed',
  cancelled: 'cancelled by a rollback',
};

function eventBlocks(release: Release, rollout: Rollout): Block[] {
  const events = latestEvents(rollout);
  if (events.length === 0) return [];
  return [{ type: 'list', ordered: false, items: events.map((operation) => eventLine(release, operation)) }];
}

function latestEvents(rollout: Rollout): Operation[] {
  return rollout.operations.slice(0, eventsShown);
}

function eventLine(release: Release, operation: Operation): Inline[] {
  const words = [text(`${eventTitle(release, operation)}: ${operationWords[operation.state]}`)];
  return operation.reason ? [...words, text(` (${shortReason(operation.reason)})`)] : words;
}

function eventTitle(release: Release, operation: Operation): string {
  const at = describeEventTime(release, operation.requestedAt);
  const what = operation.kind === 'rollback' ? 'rollback' : `promotion to ${operation.toPercent} %`;
  return `${at} ${what} by ${operation.requestedByName}`;
}

/** The date too where it is not that of go-live: a rollout may take days. */
function describeEventTime({ goLiveAt, plan }: Release, instant: number): string {
  const { zone } = plan.goLive;
  const [date, time] = [describeDate(instant, zone), describeTime(instant, zone)];
  return date === describeDate(goLiveAt, zone) ? time : `${date}, ${time}`;
}

/** Where the reasons are that have no room in their lines. */
function reasonsNote(release: Release, rollout: Rollout): Block[] {
  if (!latestEvents(rollout).some(({ reason }) => isLongReason(reason))) return [];
  return [{ type: 'note', content: [text(`Reasons in full: /release status ${release.key}.`)] }];
}

function buttonBlocks(release: Release, rollout: Rollout): Block[] {
  const value = JSON.stringify({ releaseKey: release.key });
  const buttons: Button[] = [];
  const next = release.plan.rollout.phases[rollout.phaseIndex + 1];
  const active = activeOperation(rollout);
  const canPromote = rollout.state === 'not_started' || rollout.state === 'running';
  if (canPromote && isApproved(release) && next && !active) {
    // The share goes along, so that a card that is no longer true promotes to nothing else than it says.
    const trafficPercent = JSON.stringify({ releaseKey: release.key, trafficPercent: next.trafficPercent });
    const label = `Promote to ${next.trafficPercent} %`;
    const confirm = promoting(release, label);
    buttons.push({ action: 'promote', label, style: 'primary', value: trafficPercent, confirm });
  }
  const canRollBack =
    rollout.state === 'running' || rollout.state === 'completed' || rollout.operations.length > 0;
  const isBack = rollout.state === 'rolled_back' && knownTrafficPercent(rollout) === 0;
  if (canRollBack && !isBack && active?.kind !== 'rollback') {
    buttons.push({ action: 'roll-back', label: 'Roll back…', style: 'danger', value });
  }
  return buttons.length > 0 ? [{ type: 'actions', buttons }] : [];
}

/** A promotion reaches users, and only the rollback of the whole release takes it back. */
function promoting(release: Release, label: string): Confirmation {
  return {
    title: `${label}?`,
    text: `This sends traffic to ${release.key}. Approval, go-live, soak and gates are checked first; if one of them stands against it, nothing is changed and you are told why.`,
    confirm: label,
    deny: 'Not now',
  };
}
