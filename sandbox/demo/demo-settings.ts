import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { replaceFile } from '../../src/lib/replace-file.ts';

/** Most requests per second that the load generator is asked for. */
export const maxLoad = 2_000;

const SavedSettings = z.object({
  stableVersion: z.string(),
  candidateVersion: z.string(),
  weight: z.number().min(0).max(100),
  faulty: z.boolean(),
  load: z.number().min(0).max(maxLoad),
  /** The admin API's last operations, oldest first, with what each one asked for. */
  operations: z.array(z.object({ operationId: z.string(), command: z.string() })),
});

/** What the demo remembers over a restart. */
export type DemoSettings = z.infer<typeof SavedSettings>;

export interface DemoSettingsStore {
  current(): DemoSettings;
  /** Saves the change to the file, then makes it current; throws, and changes nothing, when it can't be saved. */
  update(change: Partial<DemoSettings>): void;
}

/**
 * Keeps the settings in a small file, so that a kill at any moment leaves the old or the new. A file that is missing, unreadable, or of other versions than
 * `defaults` starts from `defaults`: a weight given to one version means nothing for another.
 */
export function openDemoSettings(file: string, defaults: DemoSettings): DemoSettingsStore {
  mkdirSync(dirname(file), { recursive: true });
  const saved = readSettings(file);
  let current = saved !== undefined && isSameRelease(saved, defaults) ? saved : defaults;
  return {
    current: () => current,
    update: (change) => {
      const next = { ...current, ...change };
      replaceFile(file, JSON.stringify(next), { mode: 0o600 });
      current = next;
    },
  };
}

function readSettings(file: string): DemoSettings | undefined {
  try {
    return SavedSettings.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function isSameRelease(one: DemoSettings, other: DemoSettings): boolean {
  return one.stableVersion === other.stableVersion && one.candidateVersion === other.candidateVersion;
}
