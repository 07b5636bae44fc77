import { command } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { readWanted, wantedPhrase, wantedWords } from '../../../core/subscriptions/subscription-words.ts';
import { loadSubscriptions } from '../../../db/queries/subscriptions.ts';
import { listWords } from '../../../lib/list-words.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { unsubscribe, unsubscribeAll } from '../../../services/subscriptions/own-subscriptions.ts';
import { type Answer, answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';

export const subcommand: Subcommand = {
  name: 'unsubscribe',
  usage: '[all | audience] [for product]',
  help: 'stop your own copies',
  position: 720,
  run: async ({ ctx, words }) => {
    if (words.trim().toLowerCase() === 'all') return endAll(ctx);
    const wanted = readWanted(words) ?? (await onlyOne(ctx));
    if (wanted === 'several') return askWhich(ctx);
    if (wanted === 'none') return endAll(ctx);
    const result = await unsubscribe({ ctx, input: wanted });
    if (!result.ok) return answerRefusal(result.refusal);
    return answerSentence(`You no longer get ${wantedPhrase(result.value)}.`);
  },
};

async function endAll(ctx: Ctx): Promise<Answer> {
  const result = await unsubscribeAll({ ctx, input: {} });
  if (!result.ok) return answerRefusal(result.refusal);
  return answerSentence(`You no longer get ${listWords(result.value.map(wantedPhrase))}.`);
}

async function onlyOne(ctx: Ctx) {
  const [first, second] = await ownOf(ctx);
  if (!first) return 'none';
  return second ? 'several' : { audience: first.audience, product: first.product };
}

async function askWhich(ctx: Ctx): Promise<Answer> {
  const own = await ownOf(ctx);
  const [first] = own;
  const example = first ? wantedWords(first) : '';
  return answerSentence(
    line`You get ${listWords(own.map(wantedPhrase))}. Say which to stop, for example ${command('release', `unsubscribe ${example}`)}, or stop everything with ${command('release', 'unsubscribe all')}.`,
  );
}

function ownOf({ db, actor }: Ctx) {
  return actor.kind === 'person' ? loadSubscriptions(db, actor.personId) : Promise.resolve([]);
}
