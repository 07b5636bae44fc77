import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { planSchema } from '../../../src/core/plan/plan.ts';
import { parseInput, sayInvalid } from '../../../src/services/kernel/refuse-invalid.ts';

function saidOf(schema: z.ZodType, input: unknown): string {
  const parsed = parseInput(schema, input);
  if (parsed.success) throw new Error('it is valid');
  return sayInvalid(parsed.error);
}

describe('sayInvalid', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['a sentence of the schema', z.string().min(1, 'Say why.'), '', 'Say why.'],
    [
      'words that go on from the name',
      z.object({ name: z.string().min(1, 'is blank') }),
      { name: '' },
      'name is blank.',
    ],
    ['a pattern', z.object({ key: z.string().regex(/^a$/u) }), { key: 'b' }, 'key is not valid.'],
    ['a kind of value', z.object({ list: z.array(z.uuid()) }), { list: [1] }, 'list[0] is not valid.'],
    [
      'a refinement without words',
      z.object({ n: z.number().refine(() => false) }),
      { n: 1 },
      'n is not valid.',
    ],
    ['the whole', z.uuid(), 'x', 'That is not valid.'],
    ['a field too many', z.strictObject({}), { a: 1 }, 'That is not valid.'],
    ['a plan', planSchema, {}, 'release is not valid.'],
  ])('has a sentence of our own for %s', (_, schema, input, said) => {
    expect(saidOf(schema, input)).toBe(said);
  });
});
