import { command } from '../../core/card/card.ts';
import type { Inline } from '../../core/card/inline.ts';

/** Where the record of a release is read. */
export function seeEvidence(releaseKey: string): Inline {
  return command('release', `evidence ${releaseKey}`);
}
