import { readWanted } from '../../../core/subscriptions/subscription-words.ts';
import { listProducts, loadSubscriptions } from '../../../db/queries/subscriptions.ts';
import { subscribe } from '../../../services/subscriptions/own-subscriptions.ts';
import { maxProducts, subscribedSentence, subscribeForm } from '../forms/subscribe.ts';
import { answerForm, answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';

export const subcommand: Subcommand = {
  name: 'subscribe',
  usage: '[audience] [for product]',
  help: 'get your own copy of the messages for an audience or a product',
  position: 710,
  run: async ({ ctx, words }) => {
    const { audiences } = ctx.subscriptions;
    const wanted = readWanted(words);
    // Where nothing is open, the verb says so.
    if (wanted || audiences.length === 0) {
      const result = await subscribe({ ctx, input: wanted ?? { audience: null, product: null } });
      return result.ok ? answerSentence(subscribedSentence(result.value)) : answerRefusal(result.refusal);
    }
    const { actor } = ctx;
    const [products, own] = await Promise.all([
      listProducts(ctx.db, maxProducts),
      actor.kind === 'person' ? loadSubscriptions(ctx.db, actor.personId) : [],
    ]);
    return answerForm(subscribeForm({ audiences, products, own }));
  },
};
