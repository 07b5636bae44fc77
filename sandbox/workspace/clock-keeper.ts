import { readFileSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../../src/lib/replace-file.ts';
import type { ClockCourse, SandboxClock } from '../sandbox-clock.ts';
import { parseJson } from './json.ts';
import type { Table } from './store.ts';

const KEY = 'clock';
const EVERY_MS = 500;

/**
 * Lets the clock go on where it stopped, and remembers it from now on: each change in the journal, the
 * instant itself twice a second in a small file. It goes on no earlier than `atLeastMs` (epoch ms). No time passes
 * while the workspace is down. Answers what stops the keeping.
 */
export function persistClock(
  clock: SandboxClock,
  { table, dataDir, atLeastMs }: { table: Table<ClockCourse>; dataDir: string; atLeastMs: number },
): () => void {
  const file = path.join(dataDir, 'clock.json');
  const course = table.get(KEY);
  if (course) clock.restore({ ...course, nowMs: Math.max(course.nowMs, readInstant(file), atLeastMs) });
  const remember = () => table.put(KEY, clock.state());
  // Too often to wait for the disk: after a power cut the journal's instant has to do.
  const note = () => replaceFile(file, JSON.stringify(clock.now()), { flush: false });
  remember();
  const stopListening = clock.onChange(remember);
  const timer = setInterval(note, EVERY_MS);
  return () => {
    clearInterval(timer);
    stopListening();
    remember();
  };
}

function readInstant(file: string): number {
  try {
    const instant = parseJson(readFileSync(file, 'utf8'));
    return typeof instant === 'number' ? instant : 0;
  } catch {
    return 0;
  }
}
