import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startServer } from '../../support/serve.ts';

interface ServiceRequest {
  type: string;
  data: { target: string; version: string; operation: string | null; weight?: number };
}

type Behaviour = 'sound' | 'refuse' | 'ignore' | 'late';

/** A service as the docs ask for: it checks each signature, and knows operations by their id. */
export class DeploymentService {
  readonly secret: string;
  behaviour: Behaviour = 'sound';
  weight = 0;
  paused = false;
  /** What is said instead of the state. */
  garbled: unknown = null;
  url = '';
  close: () => Promise<void> = async () => undefined;
  readonly #operations = new Map<string, string>();

  constructor(secret: string) {
    this.secret = secret;
  }

  async start(): Promise<void> {
    const { url, close } = await startServer((request, response) => void this.#serve(request, response));
    Object.assign(this, { url: `${url}/deploy`, close });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (request.method !== 'POST' || !this.#isSigned(request, body))
      return answer(401, { message: `not signed with ${this.secret}` });
    const { type, data } = JSON.parse(body) as ServiceRequest;
    if (data.target !== 'web') return answer(404, { message: `there is no target ${data.target}` });
    if (type === 'deployment.observe') return answer(200, this.garbled ?? this.#state());
    if (this.behaviour === 'refuse') return answer(503, { message: `down for maintenance (${this.secret})` });
    if (data.version !== '2.4.0') return answer(409, { message: `${data.version} is not deployed` });
    const given = JSON.stringify([type, data.weight]);
    const before = this.#operations.get(data.operation ?? '');
    if (before !== undefined && before !== given)
      return answer(409, { message: 'another command had this id' });
    if (this.behaviour !== 'ignore' && before === undefined) {
      this.#operations.set(data.operation ?? '', given);
      this.#carryOut(type, data.weight ?? 0);
    }
    if (this.behaviour !== 'late') answer(202, {});
  }

  #carryOut(type: string, weight: number): void {
    this.paused = type === 'deployment.pause';
    if (type === 'deployment.set-weight') this.weight = weight;
    if (type === 'deployment.promote') this.weight = 100;
    if (['deployment.roll-back', 'deployment.abort'].includes(type)) this.weight = 0;
  }

  #state() {
    const status = this.paused ? 'paused' : 'done';
    return { stableVersion: '2.3.0', candidateVersion: '2.4.0', weight: this.weight, status };
  }

  /** By the words of https://www.standardwebhooks.com, not by the code of the driver. */
  #isSigned({ headers }: IncomingMessage, body: string): boolean {
    const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map(
      (name) => headers[`webhook-${name}`],
    );
    if (Math.abs(Date.now() / 1_000 - Number(timestamp)) > 300) return false;
    const key = Buffer.from(this.secret.slice('whsec_'.length), 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
    return String(signatures)
      .split(' ')
      .some((signature) => {
        const given = Buffer.from(signature.slice('v1,'.length), 'base64');
        return signature.startsWith('v1,') && given.length === 32 && timingSafeEqual(given, expected);
      });
  }
}
