import * as z from 'zod';
import { countWords } from '../../../lib/count-words.ts';
import { type SettledOverdue, settleOverdue } from '../../../services/overdue/settle-overdue.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';

/** The release manager says what becomes of messages whose time has passed. */
export const action = defineAction({
  name: 'settle-overdue',
  value: z.object({ questionId: z.uuid(), communicationId: z.uuid().nullable(), send: z.boolean() }),
  run: async ({ ctx, value }) => {
    const result = await settleOverdue({ ctx, input: value });
    return result.ok ? answerSentence(describe(result.value, value.send)) : answerRefusal(result.refusal);
  },
});

function describe({ sent, withheld }: SettledOverdue, isSending: boolean): string {
  if (!isSending) return `Skipped: ${countWords(withheld.length, 'message')}.`;
  const others = withheld.map(({ title, note }) => `${title}: ${note.replace(/^Not sent/, 'not sent')}`);
  const going = sent === 0 ? [] : [`I'm sending ${countWords(sent, 'message')} now.`];
  return [...going, ...others].join(' ');
}
