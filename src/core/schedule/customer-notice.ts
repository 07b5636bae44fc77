import { offsetToDays } from '../calendar/duration-patterns.ts';
import { DEFAULT_CUSTOMER_NOTICE } from '../plan/customer-fields.ts';
import type { Plan } from '../plan/plan.ts';
import type { DefaultCommunication, When } from './default-communication.ts';

/** When an item comes in a plan: what customers are told ahead, and what leads up to it, moves with their notice. */
export function noticedWhen(plan: Pick<Plan, 'customerNotice'>, item: DefaultCommunication): When {
  if (!item.movesWithNotice || !('offset' in item.when)) return item.when;
  const notice = offsetToDays(plan.customerNotice ?? DEFAULT_CUSTOMER_NOTICE);
  const days = offsetToDays(item.when.offset) + offsetToDays(DEFAULT_CUSTOMER_NOTICE) - notice;
  return { ...item.when, offset: days < 0 ? `-P${-days}D` : `P${days}D` };
}
