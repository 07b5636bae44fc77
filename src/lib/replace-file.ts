import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Puts a text in a file's place as a whole: whoever reads it finds the old one or the new one, whenever this process
 * is killed. With `flush` (the default) also after a power cut, for which the disk is waited for. `mode` is that of
 * the file, which only one process may replace at a time. Throws, and leaves the old file, when the new one can't be
 * written.
 */
export function replaceFile(
  file: string,
  text: string,
  { mode = 0o666, flush = true }: { mode?: number; flush?: boolean } = {},
): void {
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', mode);
  try {
    try {
      writeFileSync(handle, text);
      if (flush) fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
