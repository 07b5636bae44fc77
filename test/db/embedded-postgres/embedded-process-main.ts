import { once } from 'node:events';
import { startEmbeddedPostgres } from '../../../src/db/embedded-postgres/start-embedded-postgres.ts';
import { silentLog } from '../../../src/lib/log.ts';

const [, , dataDir = ''] = process.argv;
try {
  const server = await startEmbeddedPostgres({ dataDir, log: silentLog, onLost: () => process.exit(3) });
  console.log(JSON.stringify({ url: server.url }));
  // Stops in order when the test closes our input; the test may kill us before.
  process.stdin.resume();
  await once(process.stdin, 'end');
  await server.stop();
} catch (error) {
  console.log(JSON.stringify({ problem: String(error) }));
}
