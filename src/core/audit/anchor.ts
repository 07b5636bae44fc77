import { type Checkpoint, checkpointSchema, readCheckpoint } from './checkpoint.ts';

/** What is known of a checkpoint outside the database: its number and hash, or all of it. */
export interface Anchor {
  seq: number;
  /** SHA-256, hex. */
  hash: string;
  checkpoint?: Checkpoint;
}

/** The line to be kept elsewhere, in which `readAnchorText` finds the anchor again. */
export function anchorText(checkpoint: Checkpoint): string {
  const { events, chains, at } = readCheckpoint(checkpoint);
  return `Audit trail, checkpoint ${checkpoint.seq} of ${at}: ${events} events in ${chains} chains, SHA-256 ${checkpoint.hash}`;
}

/** An anchor as it was copied, whatever stands around it; null when there is none. */
export function readAnchorText(text: string): Anchor | null {
  const [, seq, hash] = /checkpoint\s+(\d+)\b[\s\S]*?\b([0-9a-f]{64})\b/i.exec(text) ?? [];
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash: hash.toLowerCase() };
}

/**
 * A file of anchors: checkpoints as JSON, an object a line, and lines as they were posted or printed, with whatever
 * stands between them. @throws Error naming the first line that was to be one and is none, or when there is none at all.
 */
export function readAnchorLines(text: string): Anchor[] {
  const anchors = text.split('\n').flatMap((line, index) => readLine(line.trim(), index + 1));
  if (anchors.length === 0) throw new Error('there is no checkpoint of an audit trail in it.');
  return anchors;
}

function readLine(line: string, number: number): Anchor[] {
  const wrong = new Error(`line ${number} is not a checkpoint of an audit trail.`);
  if (line.startsWith('{')) {
    const read = checkpointSchema.safeParse(parse(line));
    if (!read.success) throw wrong;
    return [anchorOf(read.data)];
  }
  if (!/audit trail, checkpoint/i.test(line)) return [];
  const anchor = readAnchorText(line);
  if (!anchor) throw wrong;
  return [anchor];
}

export function anchorOf(checkpoint: Checkpoint): Anchor {
  return { seq: checkpoint.seq, hash: checkpoint.hash, checkpoint };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
