import { ConfigError } from '../../config/load-config.ts';
import { TemplateError } from '../../config/load-templates.ts';
import { hasErrorCode } from '../../lib/error-code.ts';
import { UnreadableFileError } from '../read-plan-text.ts';
import type { PlanCommandIo } from './plan-io.ts';

/** Why a file or a folder can't be read; any other code is of an error in the program. */
const unreadable = [
  ...['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES', 'EPERM', 'EINVAL'],
  ...['EIO', 'EBUSY', 'ENXIO', 'ENODEV', 'ESTALE', 'ETIMEDOUT', 'EMFILE', 'ENFILE', 'ERR_FS_FILE_TOO_LARGE'],
];

/** Runs an action; what could not be read ends in one line and exit code 2. */
export async function runGuarded(io: PlanCommandIo, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const expected =
      error instanceof ConfigError ||
      error instanceof TemplateError ||
      error instanceof UnreadableFileError ||
      hasErrorCode(error, ...unreadable);
    if (!expected) throw error;
    io.writeError(`${error.message}\n`);
    io.setExitCode(2);
  }
}
