import { numberAt, readXml } from '../../../lib/read-xml.ts';
import type { Report } from './report.ts';

/** The line coverage of a Cobertura report, percent: by its counts where it has them, else by its rate. */
export function readCobertura(text: string): Report | { problem: string } {
  const found = readXml(text);
  if (found?.name !== 'coverage')
    return { problem: 'That is not a Cobertura report: there is no <coverage>.' };
  const [valid, covered] = [numberAt(found.root, 'lines-valid'), numberAt(found.root, 'lines-covered')];
  const rate =
    valid !== null && covered !== null && valid > 0 ? covered / valid : numberAt(found.root, 'line-rate');
  if (valid === 0 || rate === null || rate < 0 || rate > 1)
    return { problem: 'That Cobertura report has no line coverage.' };
  return { number: rate * 100 };
}
