import { once } from 'node:events';
import { startEmbeddedPostgres } from '../../../src/db/embedded-postgres/start-embedded-postgres.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { failRun } from '../../support/start-postgres.ts';

const [, , dataDir = ''] = process.argv;
try {
  const server = await startEmbeddedPostgres({ dataDir, log: silentLog, onLost: failRun });
  console.log(JSON.stringify({ url: server.url, adopted: server.adopted }));
  // Stops in order when the test closes our input; the test may kill us before.
  process.stdin.resume();
  await once(process.stdin, 'end');
  await server.stop();
} catch (error) {
  console.log(JSON.stringify({ problem: String(error) }));
}
