import * as z from 'zod';

/** Values of buttons that several actions share. */
export const pollValue = z.object({ pollId: z.uuid() });
/** A poll as somebody was asked to vote in it. `round`: how often it had been opened by then. */
export const ballotValue = z.object({ pollId: z.uuid(), round: z.int().min(1).default(1) });
export type BallotValue = z.infer<typeof ballotValue>;

/** The same in a form. What names no poll is refused by the verb, which records who tried. */
export const ballotMetadata = z
  .object({ pollId: z.string(), round: z.coerce.number().int().catch(1) })
  .catch({ pollId: '', round: 1 });

export function toMetadata({ pollId, round }: BallotValue): { pollId: string; round: string } {
  return { pollId, round: String(round) };
}
export const releaseValue = z.object({ releaseKey: z.string().max(80) });

/** What a form brings back that was opened on a release. Any other is out of date. */
export const releaseMetadata = z.object({ releaseKey: z.string() });

/** Somebody's account on a platform. */
export const accountValue = z.object({ platform: z.string().max(40), id: z.string().min(1).max(400) });

/** A draft of what customers read, and as of which of its revisions it was seen. */
export const draftValue = z.object({ draftId: z.uuid(), revision: z.number().int() });

/** The release notes of a release, and as of which of their revisions they were seen. */
export const notesValue = z.object({ releaseKey: z.string().max(80), revision: z.number().int() });
export const notesMetadata = z.object({ releaseKey: z.string(), revision: z.string() });

/** A checklist of a release, by its key. */
export const checklistValue = z.object({ releaseId: z.uuid(), checklist: z.string().max(80) });

/** A gate of a release, by its key. */
export const gateValue = releaseValue.extend({ gate: z.string().max(80) });

/** A task of a release. */
export const taskValue = z.object({ taskId: z.uuid() });

/** A part of the audit trail of a release: everything or decisions alone, before an event or the newest. */
export const trailValue = releaseValue.extend({ all: z.boolean(), before: z.number().int().nullable() });
/** Something that waits for a second person. */
export const requestValue = z.object({ requestId: z.uuid() });
