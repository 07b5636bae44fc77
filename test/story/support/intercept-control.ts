import { setTimeout as pause } from 'node:timers/promises';
import { type ControlClient, RefusedRequestError } from '../../../sandbox/control-client.ts';

type Name = keyof ControlClient;
const acts: readonly Name[] = ['command', 'click', 'submit', 'closeView', 'openHome'];

/** What a person does, or the clock being moved: after it the bot is at work. */
export function isAct(name: Name): boolean {
  return acts.includes(name) || name === 'jump';
}

/** Puts `around` between the caller and every request of the control interface. */
export function interceptControl(
  control: ControlClient,
  around: (name: Name, ask: () => Promise<unknown>) => Promise<unknown>,
): ControlClient {
  return new Proxy(control, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...input: unknown[]) => around(name as Name, () => method.apply(target, input));
    },
  });
}

/** How long a workspace that died may be away, milliseconds. */
const awayMs = 60_000;

/**
 * For a workspace that dies now and then: what is read is read again; an action whose answer never came was
 * not delivered as far as the person can tell.
 */
export function patientControl(control: ControlClient): ControlClient {
  return interceptControl(control, async (name, ask) => {
    for (const deadline = Date.now() + awayMs; ; await pause(50)) {
      try {
        return await ask();
      } catch (error) {
        // An answer, if not the one that was hoped for.
        if (error instanceof RefusedRequestError || Date.now() > deadline) throw error;
        if (acts.includes(name)) return { status: 'not-delivered' };
      }
    }
  });
}
