import * as z from 'zod';
import { listName } from '../../core/address/list-member.ts';
import { isZone } from '../../core/calendar/local-time.ts';
import { isLoopback } from '../../lib/is-loopback.ts';
import { isOneMailbox } from './mailbox.ts';

const zone = z.string().refine(isZone, 'is not an IANA time zone such as Europe/Amsterdam');

const address = z.email('is not an e-mail address');

const server = z
  .strictObject({
    host: z.string().min(1).describe('The host that takes the messages.'),
    port: z.int().min(1).max(65_535).default(587).describe('587 with STARTTLS, 465 with TLS from the start.'),
    security: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe(
        '"starttls": the connection is encrypted before anything is said, or nothing is sent. "tls": encrypted from the start. "none": not encrypted, without a password unless the host is this machine.',
      ),
    caFile: z
      .string()
      .optional()
      .describe("The authority that signed the host's certificate, in PEM, if it is your own."),
    username: z.string().min(1).optional().describe('For a host that asks who sends.'),
    password: z.string().min(1).optional().describe('Its password, from a variable of the environment.'),
  })
  .refine(
    ({ username, password }) => (username === undefined) === (password === undefined),
    'has a username without a password, or a password without a username',
  )
  .refine(
    ({ security, password, host }) => security !== 'none' || password === undefined || isLoopback(host),
    'would send the password without encryption',
  )
  .describe('The SMTP server.');

const list = z
  .strictObject({
    addresses: z.array(address).default([]).describe('Who is on it from the start.'),
    title: z.string().trim().min(1).max(100).optional().describe('What readers see: "News for customers".'),
    zone: zone.optional().describe("The zone of its readers. Default: the notifier's."),
  })
  .describe('A list of recipients, each of whom gets a message of their own.');

/** E-mail by SMTP. */
export const EmailSettings = z.strictObject({
  server,
  from: z
    .string()
    .refine(isOneMailbox, 'is not a sender such as "Web shop releases <releases@example.com>"')
    .describe('The sender: an address, or a name with an address in angle brackets.'),
  replyTo: address.optional().describe('Where answers go. Default: to the sender.'),
  zone: zone.optional().describe('The zone in which instants are written. Default: that of the release.'),
  lists: z
    .record(z.string().regex(listName, 'is not a name of lower-case letters, digits and dashes'), list)
    .default({})
    .describe('Lists by the names that plans give: with customers here, a plan writes "email:customers".'),
  connections: z
    .int()
    .min(1)
    .max(50)
    .default(5)
    .describe('How many messages each process sends at once, each over a connection of its own.'),
  timeoutMs: z
    .int()
    .min(1_000)
    .max(20_000)
    .default(10_000)
    .describe('Longest time for one message, in milliseconds.'),
});
export type EmailSettings = z.infer<typeof EmailSettings>;
