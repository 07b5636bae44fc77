import * as z from 'zod';
import { paragraph } from '../../../core/card/card.ts';
import type { Form, TextInput } from '../../../core/card/form.ts';
import { PRODUCTION_CHANNELS } from '../../../core/plan/environments.ts';
import { RELEASE_TYPES } from '../../../core/plan/planning-arguments.ts';
import { addFreeze, mayAddFreeze } from '../../../services/freeze/add-freeze.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { addedSentence } from '../freeze-answers.ts';
import { defineForm } from '../interaction.ts';
import { entries, readList } from '../words/parse-freeze.ts';

/** Asks for a freeze: when, where, for what. */
export function addFreezeForm(zone: string): Form {
  return {
    name: 'add-freeze',
    title: 'Add a freeze',
    submit: 'Add it',
    cancel: 'Cancel',
    metadata: {},
    body: [
      paragraph(
        'During a freeze, nothing goes live and nothing is promoted. Rolling back is always possible.',
      ),
      input('name', 'Name', { placeholder: 'Year end' }),
      input('from', 'From', {
        placeholder: '2030-12-20 18:00',
        hint: 'A date and time or, for a weekly freeze, a day and time such as Friday 16:00.',
      }),
      input('until', 'Until', {
        placeholder: '2031-01-06 06:00',
        hint: 'In the same form, such as Monday 06:00.',
      }),
      input('zone', 'Time zone', { initial: zone, hint: 'Such as Europe/Berlin.' }),
      input('products', 'Products', {
        optional: true,
        hint: 'Separated by commas. Leave this empty for all products.',
      }),
      input('production', 'Production channels', {
        optional: true,
        hint: `Any of ${PRODUCTION_CHANNELS.join(', ')}. Leave this empty for all.`,
      }),
      input('except', 'Release types that are let through', {
        optional: true,
        hint: `Any of ${RELEASE_TYPES.join(', ')}. Leave this empty for none.`,
      }),
    ],
  };
}

function input(name: string, label: string, more: Partial<TextInput>): TextInput {
  return { type: 'input', kind: 'text', name, label, maxLength: 200, ...more };
}

export const form = defineForm({
  name: 'add-freeze',
  metadata: z.object({}).nullish(),
  run: async ({ ctx, values }) => {
    const value = (name: string) => values[name]?.trim() ?? '';
    const production = readList(values.production, PRODUCTION_CHANNELS);
    const except = readList(values.except, RELEASE_TYPES);
    const errors = {
      ...(production.unknown === null ? {} : { production: production.unknown }),
      ...(except.unknown === null ? {} : { except: except.unknown }),
    };
    if (Object.keys(errors).length > 0) {
      // Who may not add a freeze hears that, and not what to put right.
      const allowed = await mayAddFreeze({ ctx });
      return allowed.ok ? { kind: 'errors', errors } : refusedOutcome(allowed.refusal, 'name');
    }
    const products = entries(value('products'));
    const input = {
      name: value('name'),
      from: value('from'),
      until: value('until'),
      zone: value('zone') || ctx.defaultZone,
      products: products.length > 0 ? products : null,
      production: production.values.length > 0 ? production.values : null,
      except: except.values,
    };
    const result = await addFreeze({ ctx, input });
    if (!result.ok) return refusedOutcome(result.refusal, 'name');
    return { kind: 'answer', title: 'Added', card: sentenceCard(addedSentence(result.value)) };
  },
});
