import type { PlanCheckOptions } from '../../core/plan-file/check-plan.ts';
import type { Ctx } from '../../services/kernel/context.ts';

/** What a plan is checked against besides its schema; whether go-live has passed is for the caller to add. */
export function planChecks(ctx: Ctx): PlanCheckOptions {
  const { templates, productTemplates, adapters, defaultChannels, defaultShifts, defaultThreads, products } =
    ctx;
  return {
    templates: [...templates.keys()],
    productTemplates,
    adapters,
    defaultChannels,
    defaultShifts,
    defaultThreads,
    products,
  };
}
