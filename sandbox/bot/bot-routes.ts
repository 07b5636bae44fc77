import type { FastifyInstance } from 'fastify';
import type { Agenda, BotProcess } from '../control-api.ts';
import type { SupervisedBot } from './supervise-bot.ts';

const notYet: BotProcess = { pid: null, state: 'starting', restarts: 0 };

/** Adds `GET /sandbox/agenda`, `GET /sandbox/bot` and `POST /sandbox/bot/kill` to the control interface. */
export function registerBotRoutes(app: FastifyInstance, bot: () => SupervisedBot | null): void {
  app.get('/sandbox/bot', async () => bot()?.state() ?? notYet);
  app.get('/sandbox/agenda', async (): Promise<Agenda> => ({ items: (await bot()?.agenda()) ?? [] }));
  app.post('/sandbox/bot/kill', async () => {
    bot()?.kill();
    return bot()?.state() ?? notYet;
  });
}
