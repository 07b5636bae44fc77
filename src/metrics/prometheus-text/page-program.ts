/** Reads pages in a thread of its own, which can be ended whatever a page does to it. */
import { parentPort, workerData } from 'node:worker_threads';
import { errorMessage } from '../../lib/error-message.ts';
import type { FromPageProgram } from './page-reader.ts';
import { type PageOptions, readMetricsPage } from './read-page.ts';

const options: PageOptions = workerData;

function read(text: string): FromPageProgram {
  try {
    return { type: 'page', page: readMetricsPage(text, options) };
  } catch (error) {
    return { type: 'refused', reason: errorMessage(error) };
  }
}

parentPort?.on('message', (text: string) => parentPort?.postMessage(read(text)));
parentPort?.postMessage({ type: 'ready' } satisfies FromPageProgram);
