import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { checkRequestDecision } from '../../../services/requests/check-request.ts';
import { refuseRequestForm } from '../forms/refuse-request.ts';
import { answerForm, answerRefusal, defineAction } from '../interaction.ts';
import { requestValue } from '../values.ts';

/** Asks for the reason, of those who may refuse it. */
export const action = defineAction({
  name: 'refuse-request',
  readsOnly: true,
  opensForm: true,
  value: requestValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const checked = await checkRequestDecision({ ctx, input: value });
    return checked.ok ? answerForm(refuseRequestForm(checked.value)) : answerRefusal(checked.refusal);
  },
});
