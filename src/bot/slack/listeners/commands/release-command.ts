import { Temporal } from 'temporal-polyfill';
import type { Card } from '../../../../core/card/card.ts';
import { mayCreateRelease } from '../../../../services/release/may-create-release.ts';
import { refusalCard, sentenceCard } from '../../../cards/answers/refusal-card.ts';
import { helpCard } from '../../../cards/answers/release-cards.ts';
import { type ReleaseCommand, readReleaseCommand } from '../../../interactions/commands/release-commands.ts';
import { importReleaseView, newReleaseView } from '../../views/plan-views.ts';
import type { CommandCall } from '../command-listener.ts';
import type { ListenerContext } from '../listener-context.ts';
import { openModal } from '../open-modal.ts';
import { goNoGoAnswer, listAnswer, scheduleAnswer, showAnswer, statusAnswer } from './release-answers.ts';

/** How many days ahead the form of a new release proposes: enough for the whole schedule. */
const proposedDaysAhead = 15;

/** `/release …` */
export function releaseCommand(context: ListenerContext) {
  return async (call: CommandCall): Promise<Card | null> => {
    const read = readReleaseCommand(call.words);
    if (!read.ok) return sentenceCard(read.message);
    return run(context, read.command, { ...call, words: read.rest });
  };
}

function run(context: ListenerContext, command: ReleaseCommand, call: CommandCall): Promise<Card | null> {
  switch (command) {
    case 'new':
      return openForm(context, call, newReleaseView(preset(context, call)));
    case 'import':
      return openForm(context, call, importReleaseView());
    case 'list':
      return listAnswer(call);
    case 'show':
      return showAnswer(call);
    case 'schedule':
      return scheduleAnswer(call);
    case 'status':
      return statusAnswer(call);
    case 'go-no-go':
      return goNoGoAnswer(call);
    case 'help':
      return Promise.resolve(helpCard());
  }
}

async function openForm(
  context: ListenerContext,
  { ctx, triggerId }: CommandCall,
  view: ReturnType<typeof newReleaseView>,
): Promise<Card | null> {
  const allowed = await mayCreateRelease({ ctx, input: {} });
  if (!allowed.ok) return refusalCard(allowed.refusal);
  return openModal(context, triggerId, view);
}

function preset({ services }: ListenerContext, { ctx }: CommandCall) {
  const zone = services.defaultZone;
  const today = Temporal.Instant.fromEpochMilliseconds(services.clock.now())
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  const userId = ctx.actor.kind === 'slack' ? ctx.actor.userId : '';
  return { date: today.add({ days: proposedDaysAhead }).toString(), zone, userId };
}
