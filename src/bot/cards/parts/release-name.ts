import type { Release } from '../../../db/queries/load-release.ts';
import { shortenAtWord } from '../../../lib/shorten-text.ts';

/** What people call a release: `Web shop 2.4.0`. Short enough for the state to fit on the line beside it. */
export function releaseName({ plan }: Pick<Release, 'plan'>): string {
  return `${shortenAtWord(plan.product, 50)} ${shortenAtWord(plan.version, 40)}`;
}
