import type { FastifyInstance } from 'fastify';
import { ControlRefusal } from '../actions/control-refusal.ts';
import type { Core } from '../core.ts';
import { parse } from './parse.ts';
import { clockChange, clockJump, disconnectApp, faultsChange } from './schemas.ts';

/** Registers the clock, the faults and the disconnections. */
export function registerSwitchRoutes(app: FastifyInstance, core: Core): void {
  const { clock } = core.options;
  app.get('/sandbox/clock', () => core.clockState());
  app.put('/sandbox/clock', (request) => {
    const { rate, paused } = parse(clockChange, request.body);
    if (rate !== undefined) clock.setRate(rate);
    if (paused === true) clock.pause();
    if (paused === false) clock.resume();
    return core.clockState();
  });
  app.post('/sandbox/clock/jump', async (request) => {
    const { to } = parse(clockJump, request.body);
    const instant = to === 'next' ? await nextInstant(core) : Date.parse(to);
    if (instant < clock.now()) throw new ControlRefusal('conflict', 'The clock goes forward only.');
    clock.jumpTo(instant);
    return core.clockState();
  });
  app.get('/sandbox/faults', () => core.faults.state());
  app.put('/sandbox/faults', (request) => {
    core.faults.set(parse(faultsChange, request.body).active);
    return core.faults.state();
  });
  app.post('/sandbox/app/disconnect', (request) => {
    return { connections: core.delivery.disconnect(parse(disconnectApp, request.body).how) };
  });
}

/** The bot's next due item; now, when it is due already. */
async function nextInstant(core: Core): Promise<number> {
  const { nextDueMs, nowMs } = await core.clockState();
  if (nextDueMs === null)
    throw new ControlRefusal(
      'conflict',
      'Nothing is due that the bot knows of. When it is starting, try again in a moment.',
    );
  return Math.max(nextDueMs, nowMs, core.options.clock.now());
}
