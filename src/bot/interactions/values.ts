import * as z from 'zod';

/** Values of buttons that several actions share. */
export const pollValue = z.object({ pollId: z.uuid() });
export const releaseValue = z.object({ releaseKey: z.string().max(80) });

/** What a form brings back that was opened on a release. Any other is out of date. */
export const releaseMetadata = z.object({ releaseKey: z.string() });

/** Somebody's account on a platform. */
export const accountValue = z.object({ platform: z.string().max(40), id: z.string().min(1).max(400) });

/** A draft of what customers read, and as of which of its revisions it was seen. */
export const draftValue = z.object({ draftId: z.uuid(), revision: z.number().int() });

/** A checklist of a release, by its key. */
export const checklistValue = z.object({ releaseId: z.uuid(), checklist: z.string().max(80) });

/** A gate of a release, by its key. */
export const gateValue = releaseValue.extend({ gate: z.string().max(80) });

/** A task of a release. */
export const taskValue = z.object({ taskId: z.uuid() });
