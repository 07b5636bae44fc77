import { Counter, Histogram, Registry } from 'prom-client';

/** What this process has measured of its own work; one for the process, as `GET /metrics` tells of the process. */
export const telemetry = new Registry();

const registers = [telemetry];

/** Seconds. Slack waits three for an acknowledgement, Teams five. */
const ofRequests = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10];
/** Seconds, up to the two hours after which an item of the schedule is asked about. */
const ofLateness = [0.5, 1, 2, 5, 15, 60, 300, 1_800, 7_200];

/** `how`: with the answer, with "Working on it…", or not at all because the work failed. */
export const acknowledgementSeconds = new Histogram({
  name: 'tminus_acknowledgement_seconds',
  help: 'From the arrival of what a person asked for until it was acknowledged.',
  labelNames: ['how'] as const,
  buckets: ofRequests,
  registers,
});

export const verbSeconds = new Histogram({
  name: 'tminus_verb_seconds',
  help: 'How long the transaction of a verb took, by what came of it.',
  labelNames: ['verb', 'outcome'] as const,
  buckets: ofRequests,
  registers,
});

export const timerLatenessSeconds = new Histogram({
  name: 'tminus_timer_lateness_seconds',
  help: 'From the instant at which something was due until it was carried out.',
  labelNames: ['kind'] as const,
  buckets: ofLateness,
  registers,
});

export const deliveryWaitSeconds = new Histogram({
  name: 'tminus_delivery_wait_seconds',
  help: 'From the instant at which a message was to be sent until it had arrived.',
  labelNames: ['channel'] as const,
  buckets: ofLateness,
  registers,
});

export const deliveryAttempts = new Counter({
  name: 'tminus_delivery_attempts_total',
  help: 'Attempts to send a message, by what came of them.',
  labelNames: ['channel', 'result'] as const,
  registers,
});

/** `adapter`: its name in the configuration; `call`: `observe`, a command of a driver, or a metric. */
export const adapterSeconds = new Histogram({
  name: 'tminus_adapter_seconds',
  help: 'How long calls of deployment targets and metric sources took, by what came of them.',
  labelNames: ['port', 'adapter', 'call', 'outcome'] as const,
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  registers,
});

/** Does the work, and hands over how many seconds it took and what came of it. */
export async function timed<Value>(
  work: () => Promise<Value>,
  record: (seconds: number, outcome: { value: Value } | { error: unknown }) => void,
): Promise<Value> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  try {
    const value = await work();
    record(seconds(), { value });
    return value;
  } catch (error) {
    record(seconds(), { error });
    throw error;
  }
}
