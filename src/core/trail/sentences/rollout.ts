import { recordsOf, textOf } from '../../audit/read-details.ts';
import type { TrailEvent } from '../../audit/trail-event.ts';
import { line } from '../../card/line.ts';
import {
  because,
  decision,
  type EventKind,
  type EventKinds,
  instantWords,
  percentWords,
  plain,
  step,
  type Told,
} from '../sentence.ts';

type Details = TrailEvent['details'];

/** What there is to tell of an operation, whatever it does. */
type OperationEvents<Kind extends string> = Record<
  `operation.${Kind}.${'requested' | 'running' | 'verifying' | 'succeeded' | 'not_taken' | 'failed' | 'cancelled'}`,
  EventKind
>;

/** `requested`: what somebody did, as in "aborted the rollout"; `what`: what that is called, as in "the abort". */
function operationEvents<Kind extends string>(
  kind: Kind,
  { requested, what }: { requested: string; what: string },
): OperationEvents<Kind> {
  const events = {
    requested: decision(({ details }) => `${requested}${because(details.reason)}`),
    running: step(() => `asked the target for ${what}`),
    verifying: step(() => `reads back from the target whether ${what} took effect`),
    succeeded: decision(({ details }) => confirmed(details, what)),
    not_taken: decision(({ details }) => notTaken(details, what)),
    failed: decision(({ details }) => failed(details, what)),
    cancelled: decision(({ details }) => `cancelled ${what} under way, for the ${plain(details.by)}`),
  };
  const named = Object.entries(events).map(([state, event]) => [`operation.${kind}.${state}`, event]);
  return Object.fromEntries(named) as OperationEvents<Kind>;
}

/** Promotions, rollbacks, gates: what was asked of the target, and what it showed. */
export const rolloutEvents = {
  'operation.promote.requested': decision(({ details }) => ({
    says: `promoted it from ${percentWords(details.fromPercent)} to ${percentWords(details.toPercent)}`,
    evidence: gateEvidence(details),
  })),
  'operation.rollback.requested': decision(
    ({ details }) => `rolled it back from ${percentWords(details.fromPercent)}${because(details.reason)}`,
  ),
  'operation.promote.running': step(() => 'asked the target for the new traffic'),
  'operation.promote.verifying': step(() => 'reads back from the target whether the promotion took effect'),
  'operation.promote.succeeded': decision(({ details }) => confirmed(details, 'the promotion')),
  'operation.promote.not_taken': decision(({ details }) => notTaken(details, 'the promotion')),
  'operation.promote.failed': decision(({ details }) => failed(details, 'the promotion')),
  'operation.promote.cancelled': decision(
    ({ details }) => `cancelled the promotion under way, for the ${plain(details.by)}`,
  ),
  'operation.rollback.running': step(() => 'asked the target for the rollback'),
  'operation.rollback.verifying': step(() => 'reads back from the target whether the rollback took effect'),
  'operation.rollback.succeeded': decision(({ details }) => confirmed(details, 'the rollback')),
  'operation.rollback.not_taken': decision(({ details }) => notTaken(details, 'the rollback')),
  'operation.rollback.failed': decision(({ details }) => failed(details, 'the rollback')),
  'operation.rollback.cancelled': decision(() => 'cancelled the rollback under way'),
  ...operationEvents('abort', { requested: 'aborted the rollout', what: 'the abort' }),
  ...operationEvents('pause', { requested: 'paused the promotion under way', what: 'the pause' }),
  ...operationEvents('resume', { requested: 'had the promotion go on', what: 'the promotion' }),
  'rollout.paused': decision(({ details }) => `paused the rollout${because(details.reason)}`),
  'rollout.resumed': decision(() => 'resumed the rollout'),
  'deployment.recorded': decision(({ details }) => {
    const without = details.withoutGo === true ? ', without a go' : '';
    const what = `recorded what was done without tminus: from ${percentWords(details.fromPercent)} to ${percentWords(details.toPercent)}${without}`;
    const source = textOf(details.source);
    return `${what}${source === undefined ? '' : `, on the word of ${source}`}${because(details.note)}`;
  }),
  'rollout.traffic-read': decision(
    ({ details }) =>
      `found ${percentWords(details.observedPercent)} of the traffic on the new version, where ${percentWords(details.announced)} was announced`,
  ),
  'rollout.soaked': step(
    ({ details }) => `noted that the soak at ${percentWords(details.trafficPercent)} is over`,
  ),
  'rollout.ready': step(gates('announced that it is ready for the next phase')),
  'rollout.held-back': step(
    ({ details }) =>
      `announced that it does not go on by itself from ${percentWords(details.trafficPercent)}`,
  ),
  'rollout.blocked': step(gates('announced that the next phase has to wait for its gates')),
  'gates.failing': decision(gates('raised the alarm: gates are failing')),
  'gates.unreadable': step(gates("raised the alarm: gates can't be read")),
  'gates.recovered': decision(gates('announced that the gates have recovered')),
  'gates.readable': step(gates('announced that the gates can be read again')),
  'gate.changed': step(({ details }) => `read the gate ${gateWords(details)}`),
  'rollback-rule.met': decision(({ details }) => ({
    says:
      details.acted === 'rolled-back'
        ? 'rolled it back by itself: a rollback rule was met'
        : 'asked people to roll it back: a rollback rule was met',
    evidence: recordsOf(details.rules).map(ruleWords),
  })),
  'rollout.disarmed': decision(({ details }, { zone }) => {
    const until = instantWords(details.until, zone) ?? 'an unknown time';
    return line`switched the automatic rollback off until ${until}${because(details.reason)}`;
  }),
  'product.locked': decision(
    ({ details: { product, owner, reason } }) =>
      `locked ${plain(product)}, so that nothing of it goes live; owner: ${plain(owner)}${because(reason)}`,
  ),
  'product.lock-changed': decision(
    ({ details: { product, owner, reason } }) =>
      `changed the lock of ${plain(product)}; owner: ${plain(owner)}${because(reason)}`,
  ),
  'product.unlocked': decision(({ details: { product } }) => `unlocked ${plain(product)}`),
  'product.lock-reminded': step(
    ({ details: { product, owner } }) => `reminded ${plain(owner)} of the lock of ${plain(product)}`,
  ),
  'rollout.armed': decision(() => 'switched the automatic rollback on again'),
} satisfies EventKinds;

/** `Error rate above 1 % for 5 minutes: 33.3, limit 1, 151 samples`; values are in the metric's own unit. */
function ruleWords({ rule, value, limit, samples }: Details): string {
  return `${plain(rule)}: ${plain(value)}, limit ${plain(limit)}, ${plain(samples)} samples`;
}

function gates(says: string): (event: TrailEvent) => Told {
  return ({ details }) => ({ says, evidence: gateEvidence(details) });
}

function gateEvidence(details: Details): string[] {
  return recordsOf(details.gates).map(gateWords);
}

const states: { [state: string]: string } = { pass: 'passes', fail: 'fails', unknown: 'unknown' };

/** `error_rate fails: 33.3, limit 0.05 (prometheus)`; values are in the metric's own unit. */
function gateWords({ metric, state, value, threshold, source }: Details): string {
  const measured = value === null || value === undefined ? 'no value' : plain(value);
  const from = textOf(source);
  return `${plain(metric)} ${states[plain(state)] ?? plain(state)}: ${measured}, limit ${plain(threshold)}${from === undefined ? '' : ` (${from})`}`;
}

function confirmed({ observedPercent }: Details, what: string): string {
  const seen = typeof observedPercent === 'number' ? `: the target shows ${observedPercent} %` : '';
  return `confirmed ${what}${seen}`;
}

function notTaken({ observedPercent, error }: Details, what: string): string {
  const seen = typeof observedPercent === 'number' ? `; it shows ${observedPercent} %` : '';
  return `found that the target did not follow ${what} in time${seen}${because(error)}`;
}

function failed({ error }: Details, what: string): string {
  return `found that ${what} failed${because(error)}`;
}
