import * as z from 'zod';
import { fileConfigSchema } from './config.ts';

/** The JSON Schema of what a person may write into `tminus.yaml`, for editors; pretty-printed JSON. */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(fileConfigSchema, { io: 'input' });
  return `${JSON.stringify({ title: 'tminus.yaml', ...schema }, null, 2)}\n`;
}
