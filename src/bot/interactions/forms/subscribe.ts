import * as z from 'zod';
import { command, paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { line } from '../../../core/card/line.ts';
import { AUDIENCES, type Audience } from '../../../core/plan/audiences.ts';
import {
  audienceName,
  type Wanted,
  wantedPhrase,
  wantedWords,
} from '../../../core/subscriptions/subscription-words.ts';
import { capitalize } from '../../../lib/capitalize.ts';
import { listWords } from '../../../lib/list-words.ts';
import { subscribe } from '../../../services/subscriptions/own-subscriptions.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';

/** What stands for every audience, and for every product. */
const all = 'all';
/** A platform shows a hundred options. */
export const maxProducts = 99;

/** So that it fits a choice, with its number before it. Characters. */
const maxProductLength = 70;

/** Asks what somebody wants copies of. */
export function subscribeForm(known: {
  audiences: readonly Audience[];
  products: readonly string[];
  own: readonly Wanted[];
}): Form {
  const { audiences, products, own } = known;
  const has = own.length > 0 ? ` You already get ${listWords(own.map(wantedPhrase))}.` : '';
  return {
    name: 'subscribe',
    title: 'Subscribe',
    submit: 'Subscribe',
    cancel: 'Cancel',
    metadata: {},
    body: [
      paragraph(`You get a copy of each message by direct message.${has}`),
      {
        type: 'input',
        kind: 'select',
        name: 'audience',
        label: 'Messages for',
        initial: all,
        options: [
          { value: all, label: 'Everybody' },
          ...audiences.map((value) => ({ value, label: capitalize(audienceName(value)) })),
        ],
      },
      {
        type: 'input',
        kind: 'select',
        name: 'product',
        label: 'About',
        initial: all,
        options: [
          { value: all, label: 'Every product' },
          ...products
            // A longer one can be typed.
            .filter((label) => label.length <= maxProductLength)
            .slice(0, maxProducts)
            .map((label, index) => ({ value: `${index} ${label}`, label })),
        ],
      },
    ],
  };
}

export const form = defineForm({
  name: 'subscribe',
  metadata: z.unknown(),
  run: async ({ ctx, values }) => {
    const audience = AUDIENCES.find((one) => one === values.audience) ?? null;
    const product = values.product && values.product !== all ? values.product.replace(/^\d+ /, '') : null;
    const result = await subscribe({ ctx, input: { audience, product } });
    if (!result.ok) return refusedOutcome(result.refusal, 'audience');
    return { kind: 'answer', title: 'Subscribed', card: sentenceCard(subscribedSentence(result.value)) };
  },
});

/** What somebody reads once they have subscribed. */
export function subscribedSentence(wanted: Wanted) {
  return line`From now on you get ${wantedPhrase(wanted)} by direct message. To stop, use ${command('release', `unsubscribe ${wantedWords(wanted)}`)}.`;
}
