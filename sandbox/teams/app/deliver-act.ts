import type { ActionResult } from '../../control-api.ts';
import type { Signed } from '../../teams-control-api.ts';
import type { JsonObject } from '../../workspace/stored.ts';
import type { TeamsCore } from '../core.ts';
import { fromElsewhere } from './activity.ts';
import type { AppAnswer } from './app-line.ts';

/** Delivers the same activity `times` times at once. Answers the first one's answer, and what the person is told. */
export async function deliverAct(
  core: TeamsCore,
  activity: JsonObject,
  { token, times = 1 }: Signed & { times?: number | undefined },
): Promise<{ first: AppAnswer; result: ActionResult }> {
  const sent = token === 'other-tenant' ? fromElsewhere(activity) : activity;
  const all = await Promise.all(Array.from({ length: times }, () => core.line.deliver(sent, token)));
  const first = all[0] ?? { status: 'not-delivered' as const };
  return {
    first,
    result: {
      ...describe(first),
      ...(first.detail ? { detail: first.detail } : {}),
      ...(times > 1 ? { deliveries: all.map(describe) } : {}),
    },
  };
}

function describe({ status, ackMs }: AppAnswer): Pick<ActionResult, 'status' | 'ackMs'> {
  return ackMs === undefined ? { status } : { status, ackMs: Math.round(ackMs * 1000) / 1000 };
}
