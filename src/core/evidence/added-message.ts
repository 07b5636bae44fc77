import * as z from 'zod';

/** So much of a message is kept, in characters; its link leads to the rest. */
export const longestEvidence = 10_000;

/** A message as its platform handed it over, when somebody added it to the record of a release. */
export const addedMessageSchema = z.object({
  /** The same for the same message, and for no other: platform, place and the message's own id. */
  source: z.string().min(1).max(600),
  /** In plain words, without markup. */
  text: z.string().max(longestEvidence),
  /** Who wrote it, as the platform calls them. */
  author: z.string().min(1).max(200),
  /** Where it can be read; null: the platform gave no address. */
  link: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable(),
  /** Epoch ms. */
  writtenAt: z.number().int(),
});
export type AddedMessage = z.infer<typeof addedMessageSchema>;
