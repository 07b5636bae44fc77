import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { ChatPlatform } from '../control-client.ts';
import { ControlRefusal } from '../workspace/actions/control-refusal.ts';
import { parse } from '../workspace/control/parse.ts';
import type { Show } from './show.ts';
import type { ShowState } from './show-api.ts';

const platform = z.enum(['slack', 'teams']).optional();
const showChange = z.strictObject({ do: z.enum(['play', 'pause', 'resume', 'next', 'stop']), platform });
const startOver = z.strictObject({ watch: z.boolean().optional(), platform });

/** Adds `GET` and `POST /sandbox/show` to the control interface. */
export function registerShowRoutes(app: FastifyInstance, running: () => Show | null): void {
  const show = () => {
    const found = running();
    if (!found) throw new ControlRefusal('not_found', 'The workspace is starting. Try again in a moment.');
    return found;
  };
  app.get('/sandbox/show', (): Promise<ShowState> => show().state());
  app.post('/sandbox/show', async (request): Promise<ShowState> => {
    const { do: what, platform } = parse(showChange, request.body);
    if (what !== 'play') show()[what]();
    else if (!(await show().play(platform))) {
      throw new ControlRefusal(
        'conflict',
        'The release is too far on to be shown from its plan. Start over first.',
      );
    }
    return show().state();
  });
}

/** Whether the show is played afterwards, and where: null, not at all. */
export type Watch = ChatPlatform | null;

/** Adds `POST /sandbox/start-over`, answered before the workspace ends. Without `begin` it is refused. */
export function registerStartOver(app: FastifyInstance, begin?: (watch: Watch) => void): void {
  app.get('/sandbox/start-over', async () => ({ possible: begin !== undefined }));
  app.post('/sandbox/start-over', async (request, reply) => {
    const { watch = false, platform = 'slack' } = parse(startOver, request.body);
    if (!begin) {
      const message =
        'This sandbox was given its database (--database-url) and does not empty it. Stop the sandbox, empty the database, and start again.';
      throw new ControlRefusal('conflict', message);
    }
    reply.raw.once('finish', () => begin(watch ? platform : null));
    return { startingOver: true };
  });
}
