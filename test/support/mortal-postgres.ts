import net from 'node:net';
import path from 'node:path';
import { readPostmasterFile } from '../../src/db/embedded-postgres/postgres-process.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded-postgres/start-embedded-postgres.ts';
import { silentLog } from '../../src/lib/log.ts';

/** A PostgreSQL of a test's own, to be killed and started again at one address. */
export interface MortalPostgres {
  url: string;
  /** As `kill -9` does; every connection breaks. */
  kill(): void;
  startAgain(): Promise<void>;
  close(): Promise<void>;
}

/** The server takes another port at each start, so connections go through a door of their own. */
export async function startMortalPostgres(dataDir: string): Promise<MortalPostgres> {
  const start = () => startEmbeddedPostgres({ dataDir, log: silentLog, onLost: () => undefined });
  let server = await start();
  const door = net.createServer((socket) => {
    const inside = net.connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.pipe(inside).pipe(socket);
    for (const [end, other] of [
      [socket, inside],
      [inside, socket],
    ] as const) {
      end.on('error', () => other.destroy());
      end.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const url = new URL(server.url);
  const address = door.address();
  if (address !== null && typeof address === 'object') url.port = String(address.port);
  return {
    url: url.href,
    kill: () => void process.kill(readPostmasterFile(path.join(dataDir, 'postgres'))?.pid ?? 0, 'SIGKILL'),
    startAgain: async () => {
      await server.stop();
      server = await start();
    },
    close: async () => {
      door.close();
      await server.stop();
    },
  };
}
