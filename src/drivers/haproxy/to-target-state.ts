import type { TargetState, TargetStatus } from '../../core/rollout/target-state.ts';
import { listWords } from '../../lib/list-words.ts';
import { DriverError } from '../../services/ports/deployment-driver.ts';
import type { HaproxySettings } from './schema.ts';
import { type ServerState, takesTraffic } from './servers-state.ts';

/** What the servers of a backend make of the split. Shares are those of new requests: who takes none has no share. */
export function toTargetState(
  servers: readonly ServerState[],
  { backend, stable, candidate }: HaproxySettings,
  versions: { stable: string; candidate: string },
): TargetState {
  const sides = {
    stable: pick(servers, stable.servers, backend),
    candidate: pick(servers, candidate.servers, backend),
  };
  const named = new Set([...stable.servers, ...candidate.servers]);
  const total = weightOf(servers);
  const weight = weightOf(sides.candidate);
  return {
    stableVersion: versions.stable,
    candidateVersion: versions.candidate,
    weight: total === 0 ? 0 : (100 * weight) / total,
    countedWeight: { weight, total },
    readiness: {
      ready: sides.candidate.filter(takesTraffic).length,
      wanted: sides.candidate.length,
    },
    progress: null,
    generation: null,
    status: judge({ backend, sides, others: servers.filter(({ name }) => !named.has(name)) }),
  };
}

function judge(found: {
  backend: string;
  sides: Record<'stable' | 'candidate', readonly ServerState[]>;
  others: readonly ServerState[];
}): TargetStatus {
  const { backend, sides, others } = found;
  const strangers = others.filter(takesTraffic).filter(({ weight }) => weight > 0);
  if (strangers.length > 0) {
    const names = listWords(strangers.map(({ name }) => name));
    return {
      kind: 'failed',
      reason: `backend ${backend} also sends traffic to ${names}, which the driver's settings don't name`,
    };
  }
  for (const side of [sides.stable, sides.candidate]) {
    if (side.some(({ weight }) => weight > 0) && weightOf(side) === 0)
      return { kind: 'failed', reason: `${conditions(side)}, so the share goes elsewhere` };
  }
  return { kind: 'done' };
}

/** `new1 is down and new2 is in maintenance` */
function conditions(side: readonly ServerState[]): string {
  return listWords(side.map(({ name, condition }) => `${name} is ${conditionWords[condition]}`));
}

const conditionWords: Record<ServerState['condition'], string> = {
  up: 'up',
  starting: 'starting',
  down: 'down',
  drained: 'drained',
  maintenance: 'in maintenance',
};

function weightOf(servers: readonly ServerState[]): number {
  return servers.filter(takesTraffic).reduce((sum, { weight }) => sum + weight, 0);
}

function pick(servers: readonly ServerState[], names: readonly string[], backend: string): ServerState[] {
  return names.map((wanted) => {
    const found = servers.find(({ name }) => name === wanted);
    if (!found) throw new DriverError(`Backend ${backend} has no server ${wanted}.`);
    return found;
  });
}
