import { type RequestedChange, requestChange } from '../../../src/services/changes/request-change.ts';
import type { PersonName, World } from '../../support/test-services.ts';
import { accepted } from '../steps.ts';

/** A fix that somebody wants to have in the example release, whose code is frozen. */
export const lateFix = {
  kind: 'add',
  list: 'fixes',
  entry: 'The cart keeps its items after a login',
  reason: 'Two customers have lost their carts.',
} as const;

/** Asks for it. */
export async function askForChange(world: World, person: PersonName = 'quinn'): Promise<RequestedChange> {
  const input = { releaseKey: 'web-2.4.0', ...lateFix };
  return accepted(await requestChange({ ctx: world.as(person), input }));
}
