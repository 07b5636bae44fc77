import * as z from 'zod';
import { notifierDestination } from '../core/address/address.ts';
import { listName } from '../core/address/list-member.ts';
import { AUDIENCES } from '../core/plan/audiences.ts';

/** Long enough that nobody guesses it, characters. */
const minSecret = 32;

function isListAddress(address: string): boolean {
  return listName.test(notifierDestination(address)?.id ?? '');
}

function isOrigin(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, search, hash, username } = new URL(address);
  return ['https:', 'http:'].includes(protocol) && `${search}${hash}${username}` === '';
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
    publicUrl: z
      .string()
      .refine(isOrigin, 'is not an address such as https://releases.example.com')
      .transform((url) => url.replace(/\/+$/, ''))
      .optional()
      .describe('Where the HTTP server is reached from outside: for links in messages.'),
    secret: z
      .string()
      .min(minSecret, `needs at least ${minSecret} characters`)
      .optional()
      .describe('Signs those links. From a variable of the environment; a new one makes old links invalid.'),
  })
  .refine(
    ({ publicUrl, secret }) => (publicUrl === undefined) === (secret === undefined),
    'needs publicUrl and secret, or neither',
  )
  .refine(
    ({ lists, publicUrl }) => lists.length === 0 || publicUrl !== undefined,
    'needs publicUrl and secret for its lists',
  )
  .prefault({})
  .describe('Who may ask for copies of what is sent.');
export type SubscriptionSettings = z.infer<typeof subscriptionsSchema>;
