import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { DemoState } from '../control-api.ts';
import { DemoChange } from './demo-change.ts';

/** The demo's switches, here or in another process. An empty change only asks for the state. */
interface DemoSwitches {
  change(change: DemoChange): DemoState | Promise<DemoState>;
}

/** Adds `GET` and `PUT /sandbox/demo` to the control API; both answer with the `DemoState`. */
export function registerDemoRoutes(app: FastifyInstance, demo: DemoSwitches): void {
  app.get('/sandbox/demo', async () => demo.change({}));
  app.put('/sandbox/demo', async (request, reply) => {
    const change = DemoChange.safeParse(request.body);
    if (change.success) return demo.change(change.data);
    return reply.code(400).send({ error: 'invalid_request', message: z.prettifyError(change.error) });
  });
}
