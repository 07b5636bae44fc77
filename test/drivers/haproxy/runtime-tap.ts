import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** `refuse`: commands are answered with an error. `ignore`: with success, without being given. `late`: given, and never answered. */
export type TapBehaviour = 'sound' | 'refuse' | 'ignore' | 'late';

/** Stands before HAProxy's runtime socket, and makes it misbehave. Questions always pass. */
export class RuntimeTap {
  behaviour: TapBehaviour = 'sound';
  readonly #to: string;
  readonly #server: Server;
  readonly #open = new Set<Socket>();

  constructor(to: string) {
    this.#to = to;
    this.#server = createServer((client) => this.#serve(client));
  }

  async listen(path: string): Promise<void> {
    this.#server.listen(path);
    await once(this.#server, 'listening');
  }

  async close(): Promise<void> {
    for (const client of this.#open) client.destroy();
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #serve(client: Socket): void {
    this.#open.add(client);
    client.on('close', () => this.#open.delete(client));
    client.on('error', () => undefined);
    client.once('data', (line: Buffer) => {
      const isCommand = line.toString().startsWith('set ');
      if (isCommand && this.behaviour === 'refuse') client.end('Permission denied\n\n');
      else if (isCommand && this.behaviour === 'ignore') client.end('\n');
      else this.#pass(client, { line, answers: !isCommand || this.behaviour !== 'late' });
    });
  }

  #pass(client: Socket, { line, answers }: { line: Buffer; answers: boolean }): void {
    const upstream = connect(this.#to);
    upstream.on('error', () => client.destroy());
    upstream.write(line);
    if (answers) upstream.pipe(client);
    else upstream.resume();
  }
}
