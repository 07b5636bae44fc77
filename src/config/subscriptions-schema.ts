import * as z from 'zod';
import { notifierDestination } from '../core/address/address.ts';
import { listName } from '../core/address/list-member.ts';
import { AUDIENCES } from '../core/plan/audiences.ts';

/** Long enough that nobody guesses it, characters. */
const minSecret = 32;

function isListAddress(address: string): boolean {
  return listName.test(notifierDestination(address)?.id ?? '');
}

/** Who may ask for copies of what is sent. */
export const subscriptionsSchema = z
  .strictObject({
    audiences: z
      .array(z.enum(AUDIENCES))
      .default([])
      .describe('The audiences of which everybody in the workspace may get a copy of their own.'),
    lists: z
      .array(z.string().refine(isListAddress, 'is not a list of a notifier, such as "email:customers"'))
      .default([])
      .describe('The lists that everybody may join on a page, after they have confirmed their address.'),
    secret: z
      .string()
      .min(minSecret, `needs at least ${minSecret} characters`)
      .optional()
      .describe(
        'Signs the links in messages to lists, which lead to http.publicUrl. From a variable of the environment; a new one makes old links invalid.',
      ),
  })
  .refine(({ lists, secret }) => lists.length === 0 || secret !== undefined, 'needs a secret for its lists')
  .prefault({})
  .describe('Who may ask for copies of what is sent.');
