import { changeAct } from '../changes/change-act.ts';
import { freezeAct } from '../freeze/freeze-act.ts';
import type { RequestAct } from '../kernel/request-act.ts';
import { promotionAct } from '../rollout/promotion-act.ts';

/** Everything that may take a second person, by the name of its verb. */
export const acts: readonly RequestAct[] = [promotionAct, changeAct, freezeAct];

export function findAct(name: string): RequestAct {
  const found = acts.find((act) => act.name === name);
  if (!found) throw new Error(`there is no act "${name}"`);
  return found;
}
