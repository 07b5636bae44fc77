import { cpus, totalmem } from 'node:os';
import type { Servers } from './servers.ts';

/** The machine and the programs, as far as they bear on the figures. */
export function describeMachine({ versions }: Servers): string {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const model = processors[0]?.model.trim();
  return [
    `${processors.length} cores${model ? ` (${model})` : ''}, ${gigabytes} GB memory, ${process.platform}`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${versions.postgres} (embedded, durable, its settings for a laptop)`,
    `Redis ${versions.redis} (append-only)`,
  ].join('; ');
}
