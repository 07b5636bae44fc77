import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Histogram, Registry } from 'prom-client';
import { listen, shutDown } from './listen.ts';

/** One running version of the demo service. */
export interface VersionServer {
  version: string;
  url: string;
  registry: Registry;
  /** Requests answered since it started; those for `/metrics` do not count. */
  counts(): { requests: number; errors: number };
  /** Whether every third request fails and takes longer. */
  setFaulty(faulty: boolean): void;
  close(): Promise<void>;
}

const okCode = 200;
const faultCode = 500;
const slowByFaultMs = 180;

/**
 * Starts a small HTTP service that answers every path with its version after a few milliseconds, and
 * `/metrics` with its measurements. Its latencies and faults follow a pattern instead of chance, so that
 * the same story gives the same figures.
 */
export async function startVersionServer(options: { version: string; port: number }): Promise<VersionServer> {
  const { version } = options;
  const registry = new Registry();
  const durations = createDurationHistogram(registry, version);
  const counts = { requests: 0, errors: 0 };
  let arrived = 0;
  let faulty = false;

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    arrived += 1;
    const fails = faulty && arrived % 3 === 0;
    const code = fails ? faultCode : okCode;
    const stopTimer = durations.startTimer({ version, code });
    response.once('finish', () => {
      stopTimer();
      counts.requests += 1;
      if (fails) counts.errors += 1;
    });
    const delayMs = defaultLatencyMs(arrived) + (fails ? slowByFaultMs : 0);
    setTimeout(
      () => answer(response, code, fails ? { error: 'out of order', version } : { version }),
      delayMs,
    );
  };

  const server = createServer((request, response) => {
    if (request.url === '/metrics') void answerMetrics(response, registry);
    else serve(request, response);
  });
  // Idle connections of the splitter live long; it is the one who closes them.
  server.keepAliveTimeout = 60_000;
  const url = await listen(server, options.port);

  return {
    version,
    url,
    registry,
    counts: () => ({ ...counts }),
    setFaulty: (value) => {
      faulty = value;
    },
    close: () => shutDown(server),
  };
}

function createDurationHistogram(registry: Registry, version: string): Histogram<'version' | 'code'> {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time until a request was answered.',
    labelNames: ['version', 'code'],
    registers: [registry],
  });
  // Present from the start: a series that first appears with its first error hides that error's increase.
  for (const code of [okCode, faultCode]) durations.zero({ version, code: String(code) });
  return durations;
}

/** 4 to 16 ms, in a fixed order that looks like noise. */
function defaultLatencyMs(requestNumber: number): number {
  return 4 + ((requestNumber * 7) % 13);
}

function answer(response: ServerResponse, code: number, body: Record<string, string>): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function answerMetrics(response: ServerResponse, registry: Registry): Promise<void> {
  const page = await registry.metrics();
  response.writeHead(200, { 'content-type': registry.contentType }).end(page);
}
