import path from 'node:path';
import { type LockFile, takeLockFile } from '../../lib/lock-file.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/**
 * Takes the data folder for this process.
 * @throws EmbeddedPostgresError naming the folder and its holder when another process has it.
 */
export function lockDataFolder(dataDir: string): LockFile {
  const attempt = takeLockFile(path.join(dataDir, 'postgres.lock'));
  if (attempt.ok) return attempt.lock;
  throw new EmbeddedPostgresError(
    `${dataDir} is in use by another tminus (process ${attempt.holder.pid}). Stop that one first, or choose ` +
      'another folder for this one with TMINUS_DATA_DIR.',
  );
}
