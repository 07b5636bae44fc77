import { Temporal } from 'temporal-polyfill';
import { suitableGoLiveDate } from '../../../core/calendar/working-days.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { mayCreateRelease } from '../../../services/release/may-create-release.ts';
import { newReleaseForm, type ReleasePreset } from '../forms/new-release.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';

/** How many days ahead the form proposes go-live at least: enough for the whole schedule. */
const proposedDaysAhead = 15;

export const subcommand: Subcommand = {
  name: 'new',
  usage: '',
  help: 'plan a release in a form',
  position: 10,
  readsOnly: true,
  run: async ({ ctx }) => {
    const allowed = await mayCreateRelease({ ctx, input: {} });
    return allowed.ok ? answerForm(newReleaseForm(presetFor(ctx))) : answerRefusal(allowed.refusal);
  },
};

function presetFor({ clock, defaultZone: zone, defaultChannels, actor }: Ctx): ReleasePreset {
  const today = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(zone).toPlainDate();
  return {
    date: suitableGoLiveDate(today.add({ days: proposedDaysAhead }).toString()),
    zone,
    channels: defaultChannels,
    personId: actor.kind === 'person' ? actor.identity.id : undefined,
  };
}
