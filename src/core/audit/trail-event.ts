import * as z from 'zod';

const bodySchema = z.object({
  action: z.string(),
  at: z.string(),
  actor: z.string(),
  actorName: z.string().optional(),
  subject: z.string().optional(),
  /** With which right it was asked for: what it allows, and the roles that gave it. Older events have none. */
  right: z.object({ to: z.string(), as: z.array(z.string()) }).optional(),
  details: z.unknown().optional(),
});

/** One event of a chain, as far as every event has the same parts. */
export interface TrailEvent extends Omit<z.infer<typeof bodySchema>, 'details'> {
  seq: number;
  details: { [key: string]: unknown };
}

/** An event as stored; one whose body is no event becomes one of which nothing is known. */
export function readTrailEvent({ seq, body }: { seq: number; body: string }): TrailEvent {
  const { details, ...event } = bodySchema.catch(unknownEvent).parse(parseJson(body));
  return { ...event, seq, details: isRecord(details) ? details : {} };
}

const unknownEvent = { action: 'unknown', at: '', actor: '', details: {} };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
