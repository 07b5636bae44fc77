import * as z from 'zod';
import type { Form } from '../../../core/card/form.ts';

/** What came back of a button or a form that we made. It is checked here and by whoever uses it. */
const dataSchema = z.looseObject({
  tminus: z.union([
    z.object({ action: z.string(), value: z.string() }),
    z.object({ refresh: z.literal(true) }),
    z.object({
      form: z.custom<Form>(
        (value) =>
          z
            .looseObject({
              name: z.string(),
              title: z.string(),
              submit: z.string(),
              body: z.array(z.looseObject({ type: z.string() })),
            })
            .safeParse(value).success,
      ),
      back: z.literal(true).optional(),
    }),
  ]),
});

export type ReadData =
  | { kind: 'action'; action: string; value: string }
  | { kind: 'refresh' }
  | { kind: 'form'; form: Form; back: boolean; data: Readonly<Record<string, unknown>> };

/** Null when it is nothing that a card of ours brings back. */
export function readData(data: unknown): ReadData | null {
  const read = dataSchema.safeParse(data);
  if (!read.success) return null;
  const { tminus } = read.data;
  if ('refresh' in tminus) return { kind: 'refresh' };
  if ('form' in tminus)
    return { kind: 'form', form: tminus.form, back: tminus.back ?? false, data: read.data };
  return { kind: 'action', ...tminus };
}
