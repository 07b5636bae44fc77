import { describeInstant } from '../../../core/calendar/describe-instant.ts';
import { durationMs } from '../../../core/calendar/duration.ts';
import { type Block, bold, type Card, type Inline, paragraph, text } from '../../../core/card/card.ts';
import { describePause } from '../../../core/messages/pause-message.ts';
import { shortReason } from '../../../core/messages/reason.ts';
import { describeRecord, WITHOUT_GO } from '../../../core/messages/recorded-message.ts';
import type { GateResult } from '../../../core/rollout/evaluate-gate.ts';
import type { OperationState } from '../../../core/rollout/operation-state.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { beganWithoutGo, type Operation, type Rollout } from '../../../db/queries/rollouts.ts';
import { describeEventTime } from './event-time.ts';
import { rolloutHeadline } from './rollout-headline.ts';

/** How many of the latest operations are listed. */
const maxEventsShown = 5;

/** How a rollout stands at `now` (epoch ms): traffic, phases, soak, gates, the last events. */
export function rolloutStanding(
  release: Release,
  rollout: Rollout,
  now: number,
  { hasDriver = true }: { hasDriver?: boolean } = {},
): Card {
  const summary = `${release.key}: ${rolloutHeadline(release, rollout, now, { hasDriver })}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      paragraph(phaseLine(release, rollout)),
      ...(beganWithoutGo(rollout) ? [paragraph(WITHOUT_GO)] : []),
      ...pauseBlocks(release),
      ...soakBlocks(release, rollout, now),
      ...gateBlocks(rollout),
      ...eventBlocks(release, rollout),
    ],
  };
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

/** What is held while the release is paused, and until when. */
export function pauseBlocks({ pause, plan }: Release): Block[] {
  if (!pause) return [];
  const sentence = `⏸ The release is ${describePause(pause, plan.goLive.zone)}: ${shortReason(pause.reason)}`;
  return [paragraph(sentence)];
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
  confirmed: 'requested',
  running: 'under way',
  verifying: 'accepted, being checked',
  succeeded: 'confirmed',
  not_taken: 'did not take effect in time',
  failed: 'failed',
  cancelled: 'cancelled by a rollback',
  recorded: 'recorded',
};

function eventBlocks(release: Release, rollout: Rollout): Block[] {
  const events = latestEvents(rollout);
  if (events.length === 0) return [];
  return [{ type: 'list', ordered: false, items: events.map((operation) => eventLine(release, operation)) }];
}

/** The operations that are listed, newest first. */
export function latestEvents(rollout: Rollout): Operation[] {
  return rollout.operations.slice(0, maxEventsShown);
}

function eventLine(release: Release, operation: Operation): Inline[] {
  const title = eventTitle(release, operation);
  const isRecorded = operation.state === 'recorded';
  const words = [text(isRecorded ? title : `${title}: ${operationStanding(operation)}`)];
  return operation.reason ? [...words, text(` (${shortReason(operation.reason)})`)] : words;
}

/** With how far the target has come, while it is being checked. */
function operationStanding({ state, progress }: Operation): string {
  const standing = operationWords[state];
  return state === 'verifying' && progress !== null ? `${standing}, ${progress}` : standing;
}

/** When, what and by whom. */
export function eventTitle(release: Release, operation: Operation): string {
  const at = describeEventTime(release, operation.requestedAt);
  if (operation.state === 'recorded') {
    return `${at} ${describeRecord(operation.toPercent)}, recorded by ${operation.requestedByName}`;
  }
  const what = operation.kind === 'rollback' ? 'rollback' : `promotion to ${operation.toPercent} %`;
  return `${at} ${what} by ${operation.requestedByName}`;
}
