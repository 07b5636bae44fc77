import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/** One change: table, key, and the new value; `null` deletes. */
export type JournalRecord = [table: string, key: string, value: unknown];

/**
 * An append-only file, a record a line. A record is with the operating system before `append` returns, so
 * it survives the death of this process. A last line that was cut short is dropped when read.
 */
export class Journal {
  readonly #file: string;
  #descriptor: number;

  /** Opens or creates `file` and gives every whole record to `replay`, oldest first. */
  constructor(file: string, replay: (record: JournalRecord) => void) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.#file = file;
    const contents = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    const end = contents.lastIndexOf(0x0a) + 1;
    replayLines(contents.subarray(0, end).toString('utf8'), file, replay);
    this.#descriptor = openSync(file, 'a');
    if (end < contents.length) ftruncateSync(this.#descriptor, end);
  }

  append(record: JournalRecord): void {
    writeSync(this.#descriptor, `${JSON.stringify(record)}\n`);
  }

  /** Puts a file with only `records` in the journal's place, whole or not at all. */
  compact(records: Iterable<JournalRecord>): void {
    const next = `${this.#file}.next`;
    const descriptor = openSync(next, 'w');
    for (const record of records) writeSync(descriptor, `${JSON.stringify(record)}\n`);
    fsyncSync(descriptor);
    closeSync(descriptor);
    closeSync(this.#descriptor);
    renameSync(next, this.#file);
    this.#descriptor = openSync(this.#file, 'a');
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function replayLines(contents: string, file: string, replay: (record: JournalRecord) => void): void {
  const lines = contents.split('\n');
  lines.pop();
  for (const [index, line] of lines.entries()) {
    const record = parseRecord(line);
    if (record === null) {
      throw new Error(`${file}:${index + 1} is damaged. Delete the line, or the folder to begin anew.`);
    }
    replay(record);
  }
}

function parseRecord(line: string): JournalRecord | null {
  try {
    const value: unknown = JSON.parse(line);
    if (!Array.isArray(value) || typeof value[0] !== 'string' || typeof value[1] !== 'string') return null;
    return [value[0], value[1], value[2]];
  } catch {
    return null;
  }
}
