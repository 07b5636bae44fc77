import * as z from 'zod';
import type { Card } from '../../../core/card/card.ts';
import { castVote } from '../../../services/go-no-go/cast-vote.ts';
import { checkBallot } from '../../../services/go-no-go/check-ballot.ts';
import { closePoll } from '../../../services/go-no-go/close-poll.ts';
import { promoteRollout } from '../../../services/rollout/promote-rollout.ts';
import { refusalCard, sentenceCard } from '../../cards/answers/refusal-card.ts';
import { noGoView } from '../views/reason-view.ts';
import { type ButtonCall, type ButtonHandler, createButtonListener } from './button-listener.ts';
import { openRollback } from './commands/rollback-command.ts';
import type { ListenerContext } from './listener-context.ts';
import { openModal } from './open-modal.ts';

const pollValue = z.object({ pollId: z.uuid() });
const releaseValue = z.object({ releaseKey: z.string().max(80) });
/** `share` is what the button says: on a card that is no longer true it must not promote to anything else. */
const promoteValue = releaseValue.extend({ trafficPercent: z.number() });

const outdated =
  'This button is from an older message and does nothing any more. Use the latest card, or /release help.';

/** What every button there is does. */
export function createButtons(context: ListenerContext): ReturnType<typeof createButtonListener> {
  const handlers: Record<string, ButtonHandler> = {
    'vote-go': (call) => withValue(call, pollValue, ({ pollId }) => voteGo(call, pollId)),
    'vote-no-go': (call) => withValue(call, pollValue, ({ pollId }) => askNoGoReason(context, call, pollId)),
    'close-poll': (call) => withValue(call, pollValue, ({ pollId }) => close(call, pollId)),
    promote: (call) => withValue(call, promoteValue, (value) => promote(call, value)),
    'roll-back': (call) =>
      withValue(call, releaseValue, ({ releaseKey }) =>
        openRollback(context, { ...call, releaseKey, reason: '' }),
      ),
  };
  return createButtonListener(context, handlers, async () => sentenceCard(outdated));
}

async function withValue<Value>(
  call: ButtonCall,
  schema: z.ZodType<Value>,
  act: (value: Value) => Promise<Card | null>,
): Promise<Card | null> {
  const read = schema.safeParse(call.value);
  return read.success ? act(read.data) : sentenceCard(outdated);
}

async function voteGo({ ctx }: ButtonCall, pollId: string): Promise<Card | null> {
  const result = await castVote({ ctx, input: { pollId, choice: 'go', reason: null } });
  return result.ok ? null : refusalCard(result.refusal);
}

async function askNoGoReason(
  context: ListenerContext,
  { ctx, triggerId }: ButtonCall,
  pollId: string,
): Promise<Card | null> {
  const allowed = await checkBallot({ ctx, input: { pollId } });
  if (!allowed.ok) return refusalCard(allowed.refusal);
  return openModal(context, triggerId, noGoView(pollId));
}

async function close({ ctx }: ButtonCall, pollId: string): Promise<Card | null> {
  const result = await closePoll({ ctx, input: { pollId } });
  return result.ok ? null : refusalCard(result.refusal);
}

async function promote(
  { ctx }: ButtonCall,
  { releaseKey, trafficPercent }: z.infer<typeof promoteValue>,
): Promise<Card | null> {
  const result = await promoteRollout({ ctx, input: { releaseKey, target: trafficPercent } });
  return result.ok ? null : refusalCard(result.refusal);
}
