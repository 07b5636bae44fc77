import * as z from 'zod';
import { ControlRefusal } from '../actions/control-refusal.ts';

/** Reads a request's body or query; refuses with what is wrong with which field. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  throw new ControlRefusal('invalid_request', z.prettifyError(result.error));
}
