import { afterEach, expect, it } from 'vitest';
import { type HttpServer, startHttpServer } from '../../src/http/http-server.ts';
import { metricsRoutes } from '../../src/http/metrics.ts';
import { silentLog } from '../../src/lib/log.ts';

const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

it('tells how the process does, on every server of the process', async () => {
  for (const _ of [1, 2]) {
    const server = await startHttpServer({
      port: 0,
      host: '127.0.0.1',
      routes: [metricsRoutes],
      log: silentLog,
    });
    servers.push(server);
    const response = await fetch(`${server.url}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toMatch(/^process_resident_memory_bytes \d+$/m);
  }
});
