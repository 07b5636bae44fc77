import * as z from 'zod';

const notes = z.object({ release: z.string(), place: z.string(), deliveries: z.array(z.string()) });
/** What tminus keeps with a maintenance, in its metadata, where the values have to be objects. */
export type Notes = z.infer<typeof notes>;

/** What is read of an incident or a maintenance, whoever made it. */
const incident = z
  .object({ id: z.string(), status: z.string(), metadata: z.unknown() })
  .transform(({ metadata, ...rest }) => ({ ...rest, notes: notesIn(metadata) }));
export type Incident = z.infer<typeof incident>;

export const incidentList = z.array(incident);
export const oneIncident = incident;

function notesIn(metadata: unknown): Notes | null {
  return z.object({ tminus: notes }).safeParse(metadata).data?.tminus ?? null;
}
