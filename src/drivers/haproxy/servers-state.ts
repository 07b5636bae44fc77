import { shortenText } from '../../lib/shorten-text.ts';
import { DriverError } from '../../services/ports/deployment-driver.ts';

/** A server of a backend, as `show servers state` tells it. */
export interface ServerState {
  name: string;
  /** What its share of traffic follows from, 0 to 256. */
  weight: number;
  /**
   * `up`: it takes traffic. `starting`: it does, and less than its share, as it warms up. `down`: a check failed. `drained`,
   * `maintenance`: somebody took it out, or is about to.
   */
  condition: 'up' | 'starting' | 'down' | 'drained' | 'maintenance';
}

/** The format's version of every HAProxy since 1.6. */
const formatVersion = '1';
/** Bits of `srv_admin_state`: forced, inherited, by configuration, by name resolution; and the two of a drain. */
const maintenanceBits = 0x01 | 0x02 | 0x04 | 0x20;
const drainBits = 0x08 | 0x10;

/** The servers of a backend. @throws DriverError when the text is not that, with HAProxy's words where there are any. */
export function readServersState(text: string): ServerState[] {
  const [version, heading = '', ...rows] = text.split('\n').map((row) => row.trim());
  if (version !== formatVersion || !heading.startsWith('# '))
    throw new DriverError(
      `HAProxy did not tell the state of its servers: ${shortenText(version ?? '', 200)}`,
    );
  const columns = heading.slice(2).split(' ');
  return rows.filter((row) => row !== '').map((row) => readRow(columns, row.split(' ')));
}

function readRow(columns: readonly string[], values: readonly string[]): ServerState {
  const text = (column: string) => values[columns.indexOf(column)] ?? '';
  const count = (column: string) => {
    const value = text(column);
    if (!/^\d+$/.test(value)) throw new DriverError(`HAProxy told a state of a server without ${column}.`);
    return Number(value);
  };
  const admin = count('srv_admin_state');
  const operational = count('srv_op_state');
  return { name: text('srv_name'), weight: count('srv_uweight'), condition: toCondition(admin, operational) };
}

/** `operational`: 0 stopped, 1 starting, 2 running, 3 stopping. */
function toCondition(admin: number, operational: number): ServerState['condition'] {
  if ((admin & maintenanceBits) !== 0) return 'maintenance';
  if ((admin & drainBits) !== 0 || operational === 3) return 'drained';
  if (operational === 0) return 'down';
  return operational === 1 ? 'starting' : 'up';
}

/** What HAProxy sends new requests to. */
export function takesTraffic({ condition }: ServerState): boolean {
  return condition === 'up' || condition === 'starting';
}
