import { collectDefaultMetrics, Registry } from 'prom-client';
import type { HttpRoutes } from './http-server.ts';

/** One for the process, as what it measures is the process. */
let processMetrics: Registry | undefined;

/** `GET /metrics`: what Prometheus may want to know of the process: processor time, memory, the event loop's lag. */
export const metricsRoutes: HttpRoutes = async (server) => {
  if (processMetrics === undefined) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics });
  }
  const registry = processMetrics;
  server.get('/metrics', async (_request, reply) => {
    return reply.header('content-type', registry.contentType).send(await registry.metrics());
  });
};
