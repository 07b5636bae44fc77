import path from 'node:path';
import { type LockFile, takeLockFile } from '../src/lib/lock-file.ts';

/** Another sandbox keeps the folder; the message names it and the next step. */
export class FolderInUseError extends Error {
  override name = 'FolderInUseError';
}

/**
 * Takes a folder for this process, so that two sandboxes never write the same files. The note is where it is reached.
 * @throws FolderInUseError when another living process has it.
 */
export function lockFolder(folder: string): LockFile {
  const attempt = takeLockFile(path.join(folder, 'running.json'));
  if (attempt.ok) return attempt.lock;
  const { pid, note } = attempt.holder;
  throw new FolderInUseError(
    `${path.dirname(folder)} is in use by a sandbox that runs${note ? ` at ${note}` : ''} (process ${pid}). ` +
      'Use that one, or stop it, or give this one a folder of its own with --data.',
  );
}
