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

/** A file of checkpoints, one JSON object a line. @throws Error naming the first line that is none. */
export function readAnchorLines(text: string): Anchor[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const read = checkpointSchema.safeParse(parse(line));
    if (!read.success) throw new Error(`line ${index + 1} is not a checkpoint of an audit trail.`);
    return [anchorOf(read.data)];
  });
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
