import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Checkpoint, checkpointSchema } from '../../core/audit/checkpoint.ts';
import { replaceFile } from '../../lib/replace-file.ts';

/** The latest checkpoint that was seen, kept outside the database: whoever cuts the trail can't cut it there. */
export interface TrailWitness {
  latest(): Promise<Checkpoint | null>;
  keep(checkpoint: Checkpoint): Promise<void>;
}

/** One file in the data folder. */
export function createTrailWitness(dataDir: string): TrailWitness {
  const file = path.join(dataDir, 'audit-checkpoint.json');
  return {
    latest: async () => {
      const text = await readFile(file, 'utf8').catch(() => null);
      return text === null ? null : checkpointSchema.parse(JSON.parse(text));
    },
    keep: async (checkpoint) => replaceFile(file, `${JSON.stringify(checkpoint)}\n`, { flush: false }),
  };
}
