import * as z from 'zod';

/** Values of buttons that several actions share. */
export const pollValue = z.object({ pollId: z.uuid() });
export const releaseValue = z.object({ releaseKey: z.string().max(80) });

/** What a form brings back that was opened on a release. Any other is out of date. */
export const releaseMetadata = z.object({ releaseKey: z.string() });
