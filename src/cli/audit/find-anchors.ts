import { readFile } from 'node:fs/promises';
import { type Anchor, anchorOf, readAnchorLines, readAnchorText } from '../../core/audit/anchor.ts';
import { createTrailWitness } from '../../jobs/maintenance/trail-witness.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { dataDirOf } from './open-audit-database.ts';

/** What is to be found in the trail: from files, from lines that were copied, and what the data folder keeps. */
export async function findAnchors(
  env: NodeJS.ProcessEnv,
  { files, texts }: { files: readonly string[]; texts: readonly string[] },
): Promise<Anchor[]> {
  const kept = await createTrailWitness(dataDirOf(env)).latest();
  const read = await Promise.all(files.map(readFileOfAnchors));
  return [...(kept ? [anchorOf(kept)] : []), ...read.flat(), ...texts.map(readGiven)];
}

async function readFileOfAnchors(file: string): Promise<Anchor[]> {
  try {
    return readAnchorLines(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`--anchors ${file}: ${errorMessage(error)}`);
  }
}

function readGiven(text: string): Anchor {
  const anchor = readAnchorText(text);
  if (anchor) return anchor;
  throw new Error(
    '--anchor: this is not a line that `tminus audit verify` printed: it has "checkpoint" with a number, and a SHA-256.',
  );
}
