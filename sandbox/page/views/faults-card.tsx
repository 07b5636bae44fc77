import type { Fault, Faults } from '../../control-api.ts';
import { api } from '../api.ts';
import type { Platform } from '../platform.ts';
import { change } from '../store/run.ts';
import { Switch } from './switch.tsx';

interface Kind {
  kind: Fault['kind'];
  title: string;
  text: string;
  /** Seconds for `rate-limited`, milliseconds for `slow`. */
  amount?: number;
}

const KINDS: Kind[] = [
  {
    kind: 'rate-limited',
    title: 'Too many requests',
    text: 'HTTP 429: nothing is posted, try again in 2 s.',
    amount: 2,
  },
  { kind: 'error-before-posting', title: 'Error before posting', text: 'HTTP 500, nothing is posted.' },
  { kind: 'error-after-posting', title: 'Error after posting', text: 'HTTP 500, yet the message is there.' },
  { kind: 'drop-after-posting', title: 'Dropped connection', text: 'No answer, yet the message is there.' },
  { kind: 'slow', title: 'Slow', text: 'Every answer takes 2 s longer.', amount: 2000 },
];

/** Teams lets a bot look nothing up. */
const promises: Record<Platform, string> = {
  slack: 'Every announcement still arrives exactly once.',
  teams: 'No announcement is repeated by itself: of one that may have arrived the release manager is asked.',
};

/** What goes wrong with the chat's own API: once, or until it is switched off. */
export function FaultsCard({ faults, platform }: { faults: Faults; platform: Platform }) {
  const setFault = async (kind: Kind, times: number) => {
    const others = faults.active.filter((fault) => fault.kind !== kind.kind);
    const next = times === 0 ? others : [...others, makeFault(kind, times)];
    await api.setFaults(next);
  };
  return (
    <section className="card" aria-label="Faults">
      <h3>Trouble with the chat</h3>
      <p className="hint">{promises[platform]} Try.</p>
      {KINDS.map((kind) => {
        const active = faults.active.find((fault) => fault.kind === kind.kind);
        return (
          <div className="fault" key={kind.kind}>
            <Switch
              testId={`fault-${kind.kind}`}
              on={active !== undefined}
              onChange={(on) => change(() => setFault(kind, on ? -1 : 0))}
            >
              {kind.title}
              <small>
                {kind.text} {describeFired(faults.fired[kind.kind], active)}
              </small>
            </Switch>
            <button
              type="button"
              className="button"
              data-testid={`fault-once-${kind.kind}`}
              aria-label={`${kind.title}, once`}
              onClick={() => change(() => setFault(kind, 1))}
            >
              Once
            </button>
          </div>
        );
      })}
    </section>
  );
}

function makeFault({ kind, amount }: Kind, times: number): Fault {
  return { kind, methods: [], times, ...(amount === undefined ? {} : { amount }) };
}

function describeFired(fired: number, active: Fault | undefined): string {
  const waiting = active && active.times > 0 ? 'Waits for the next call. ' : '';
  return fired > 0 ? `${waiting}Happened ${fired}×.` : waiting;
}
