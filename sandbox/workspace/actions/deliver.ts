import type { ActionResult } from '../../control-api.ts';
import type { Core } from '../core.ts';
import type { Acknowledgement, DeliveryRequest } from '../delivery/app-delivery.ts';
import type { Trigger } from '../triggers.ts';

/** Delivers the same payload `times` times at once. Answers the first delivery's acknowledgement. */
export async function deliverAction(
  core: Core,
  request: DeliveryRequest,
  trigger: Trigger,
  times = 1,
): Promise<{ first: Acknowledgement; result: ActionResult }> {
  const all = await Promise.all(Array.from({ length: times }, () => core.delivery.deliver(request)));
  const first = all[0] ?? { status: 'not-delivered' as const };
  const opened = trigger.openedView ? core.views.find(trigger.openedView) : undefined;
  return {
    first,
    result: {
      ...describe(first),
      ...(first.detail ? { detail: first.detail } : {}),
      ...(opened ? { view: core.views.openView(opened) } : {}),
      ...(times > 1 ? { deliveries: all.map(describe) } : {}),
    },
  };
}

/** The outcome without the app's payload. */
export function describe({ status, ackMs }: Acknowledgement): Pick<ActionResult, 'status' | 'ackMs'> {
  return ackMs === undefined ? { status } : { status, ackMs: Math.round(ackMs * 1000) / 1000 };
}
