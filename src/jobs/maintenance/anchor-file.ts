import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Checkpoint } from '../../core/audit/checkpoint.ts';
import { hasErrorCode } from '../../lib/error-code.ts';

/** Appends a checkpoint as a line of JSON, unless it is the file's last one. What is there is never changed. */
export async function appendAnchor(file: string, checkpoint: Checkpoint): Promise<void> {
  const { seq, body, signature, hash } = checkpoint;
  const line = JSON.stringify({ seq, body, signature, hash });
  await mkdir(path.dirname(file), { recursive: true });
  const before = await readFile(file, 'utf8').catch((error: unknown) => {
    if (hasErrorCode(error, 'ENOENT')) return '';
    throw error;
  });
  if (before.trimEnd().split('\n').at(-1) === line) return;
  // A line that a crash cut short stays as it is, and this one is whole.
  const start = before === '' || before.endsWith('\n') ? '' : '\n';
  await appendFile(file, `${start}${line}\n`, { flush: true, mode: 0o640 });
}
