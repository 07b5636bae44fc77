import * as z from 'zod';
import { planSchema } from './plan.ts';

/** The JSON Schema of what a person may write as a plan, for editors; pretty-printed JSON. */
export function planJsonSchema(): string {
  const schema = z.toJSONSchema(planSchema, { io: 'input' });
  const titled = { title: 'tminus release plan', ...schema };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
