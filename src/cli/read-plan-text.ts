import { MAX_PLAN_BYTES } from '../core/plan-file/read-yaml.ts';
import { hasErrorCode } from '../lib/error-code.ts';

/** A file that can't be read; the message says why, and the next step. */
export class UnreadableFileError extends Error {
  override name = 'UnreadableFileError';
}

/** Reads the first `most` bytes of a file. */
export type ReadHead = (path: string, most: number) => Promise<Uint8Array>;

/**
 * The text of a plan's file; of a file that is larger than a plan may be, so much that this shows.
 * @throws UnreadableFileError
 */
export async function readPlanText(file: string, read: ReadHead): Promise<string> {
  // More than a plan may have even without the character that the cut goes through, which is dropped.
  const most = MAX_PLAN_BYTES + 4;
  const bytes = await read(file, most).catch((error: unknown) => {
    throw explain(error, file);
  });
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes, { stream: bytes.length === most });
  } catch {
    throw new UnreadableFileError(
      `${file} is not a text file in UTF-8. Give a plan in YAML; if it is one, save it as UTF-8.`,
    );
  }
}

function explain(error: unknown, file: string): unknown {
  if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) {
    return new UnreadableFileError(`There is no file ${file}. Give the path of a plan in YAML.`);
  }
  if (hasErrorCode(error, 'EISDIR')) {
    return new UnreadableFileError(`${file} is a folder. Give the path of a plan in YAML.`);
  }
  if (hasErrorCode(error, 'EACCES', 'EPERM')) {
    return new UnreadableFileError(
      `You have no permission to read ${file}. Change its permissions, or copy it.`,
    );
  }
  return error;
}
