import { describeSpan } from '../../core/calendar/duration.ts';
import { inUnit, metricRegistry } from '../../core/metrics/metric-registry.ts';
import type { GateMeasure, GateValue, PlannedGate } from '../../core/readiness/gates/gate.ts';
import { meetsLimit } from '../../core/readiness/gates/judge-gate.ts';
import { readingFreshnessMs } from '../../core/rollout/evaluate-gate.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Services } from '../kernel/context.ts';

/** What a source said of a gate: a value in the gate's unit, or why there is none, as a clause. */
interface MeasuredGate {
  gate: string;
  source: string;
  value: GateValue | null;
  reason: string | null;
}

/** Asks the source of a gate. What can't be read, or proves nothing, is no value. */
export async function measureGate(
  services: Services,
  { plan }: Release,
  gate: PlannedGate & { measure: GateMeasure },
): Promise<MeasuredGate> {
  const { measure } = gate;
  const found = services.metrics(measure.source);
  const asked = { windowMs: measure.windowMs, target: { version: plan.version } };
  const none = (reason: string): MeasuredGate => ({
    gate: gate.key,
    source: measure.source,
    value: null,
    reason,
  });
  if (!found) return none(`no metrics source "${measure.source}" is configured`);
  if (measure.query !== null) {
    if (!found.ask) return none(`the source "${measure.source}" takes no queries`);
    const reading = await found.ask({ query: measure.query, ...asked });
    return reading.kind === 'no-data' ? none(reason(reading)) : toValue(gate, reading.value, none);
  }
  if (measure.metric === null) return none('it has neither a metric nor a query');
  const { unitSign } = metricRegistry.get(measure.metric);
  if (unitSign !== gate.unit) return none(`${measure.metric} is in ${unitSign}, and the gate is not`);
  const reading = await found.query({ metric: measure.metric, ...asked });
  if (reading.kind === 'no-data') return none(reason(reading));
  const age = services.clock.wall() - reading.at;
  if (age > readingFreshnessMs) return none(`the last value is ${describeSpan(age)} old`);
  if (reading.requests < measure.minRequests)
    return none(
      `only ${reading.requests} of the ${measure.minRequests} requests that are needed to judge it`,
    );
  const value = inUnit(measure.metric, reading.value);
  if (reading.unproven !== undefined && meetsLimit(gate, value)) return none(reading.unproven);
  return toValue(gate, value, none);
}

function reason({ reason: said }: { reason: string }): string {
  return said === '' ? 'there is no data' : said;
}

/** A gate that passes or not takes 1 and 0. */
function toValue(
  gate: PlannedGate & { measure: GateMeasure },
  value: number,
  none: (reason: string) => MeasuredGate,
): MeasuredGate {
  const kept = { gate: gate.key, source: gate.measure.source, reason: null };
  if (!Number.isFinite(value)) return none('the query gives no number');
  if (gate.comparator !== 'passes') return { ...kept, value };
  return value === 0 || value === 1
    ? { ...kept, value: value === 1 }
    : none(`the query gives ${value}, and has to give 1 or 0`);
}
