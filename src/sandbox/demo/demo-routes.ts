import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { AdminFault } from './admin-fault.ts';
import type { Demo } from './demo.ts';
import { maxLoad } from './demo-settings.ts';

/** PUT /sandbox/demo: what is left out stays as it is. */
const DemoChange = z.strictObject({
  faulty: z.boolean().optional(),
  load: z.number().min(0).max(maxLoad).optional(),
  /** Makes the deployment target misbehave; null ends it. */
  adminFault: AdminFault.nullable().optional(),
});

/** Adds `GET` and `PUT /sandbox/demo` to the control API; both answer with the `DemoState`. */
export function registerDemoRoutes(app: FastifyInstance, demo: Demo): void {
  app.get('/sandbox/demo', async () => demo.state());
  app.put('/sandbox/demo', async (request, reply) => {
    const change = DemoChange.safeParse(request.body);
    if (!change.success) {
      return reply.code(400).send({ error: 'invalid', message: z.prettifyError(change.error) });
    }
    const { faulty, load, adminFault } = change.data;
    if (adminFault !== undefined) demo.setAdminFault(adminFault);
    if (load !== undefined) demo.setLoad(load);
    if (faulty !== undefined) demo.setFaulty(faulty);
    return demo.state();
  });
}
