import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const portFile = (folder: string) => path.join(path.dirname(folder), 'postgres.port');

/** The port of last time, so that a tool pointed at the database finds it again. */
export function recallPort(folder: string): number | undefined {
  const file = portFile(folder);
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : undefined;
}

/** Keeps the port for next time. */
export function rememberPort(folder: string, port: number): void {
  if (recallPort(folder) !== port) writeFileSync(portFile(folder), `${port}\n`);
}
