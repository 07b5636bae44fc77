import * as z from 'zod';
import type { Json } from './canonical-json.ts';

/** What an event's detail is; undefined where it has none, as events of older versions. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: unknown): number | null | undefined {
  return typeof value === 'number' || value === null ? value : undefined;
}

export function listOf(value: unknown): string[] {
  return z.array(z.string()).catch([]).parse(value);
}

/** Texts by name: `{ qa_lead: "Quinn" }`. */
export function textsOf(value: unknown): { [name: string]: string } {
  return z.record(z.string(), z.string()).catch({}).parse(value);
}

/** Whatever is in a detail that has parts; empty where it has none. */
export function recordOf(value: unknown): { [name: string]: unknown } {
  return z.record(z.string(), z.unknown()).catch({}).parse(value);
}

/** A detail that has parts of its own, as it is. */
export function jsonOf(value: unknown): Json | undefined {
  return z.json().optional().catch(undefined).parse(value);
}

/** A detail of which null means that there is nothing. */
export function textOrNull(value: unknown): Json | undefined {
  return value === null ? null : textOf(value);
}

/** A detail that is a list of records, such as votes; empty where it is none. */
export function recordsOf(value: unknown): { [name: string]: unknown }[] {
  return z.array(z.record(z.string(), z.unknown())).catch([]).parse(value);
}
