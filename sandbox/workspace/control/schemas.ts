import * as z from 'zod';
import { type FaultKind, faultKinds, LONGEST_COMMAND, LONGEST_MESSAGE } from '../../control-api.ts';

/** Of a file that somebody sends, in characters. */
const LONGEST_FILE = 1_000_000;

const id = z.string().min(1).max(255);
const atMost = (longest: number) => z.string().max(longest, `must have at most ${longest} characters`);
const times = z.int().min(1).max(10).exactOptional();
const values = z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())])));

export const commandAction = z.strictObject({
  person: id,
  channel: id,
  command: z.string().startsWith('/', 'must begin with a slash').max(255),
  text: atMost(LONGEST_COMMAND),
  times,
});

export const clickAction = z.strictObject({
  person: id,
  on: z.union([
    z.strictObject({ channel: id, ts: id }),
    z.strictObject({ viewId: id }),
    z.strictObject({ home: z.literal(true) }),
  ]),
  actionId: id,
  blockId: id.exactOptional(),
  selected: z.union([z.string(), z.array(z.string())]).exactOptional(),
  values: values.exactOptional(),
  times,
});

export const submitAction = z.strictObject({ person: id, viewId: id, values, times });
export const shortcutAction = z.strictObject({
  person: id,
  on: z.strictObject({ channel: id, ts: id }),
  callbackId: id,
  times,
});
export const closeViewAction = z.strictObject({ person: id, viewId: id });
export const messageAction = z.strictObject({
  person: id,
  channel: id,
  text: atMost(LONGEST_MESSAGE),
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(255), text: z.string().max(LONGEST_FILE) }))
    .max(5)
    .exactOptional(),
  threadTs: id.exactOptional(),
});
export const reactAction = z.strictObject({
  person: id,
  channel: id,
  ts: id,
  name: z.string().regex(/^[a-z0-9_'+-]{1,100}$/, 'must be the name of an emoji, without colons'),
  on: z.boolean(),
});
export const openHomeAction = z.strictObject({ person: id });

export const clockChange = z
  .strictObject({ rate: z.number().positive().max(100_000).optional(), paused: z.boolean().optional() })
  .refine(
    (change) => change.rate !== undefined || change.paused !== undefined,
    'give `rate`, `paused` or both',
  );

export const clockJump = z.strictObject({
  to: z.union([
    z.literal('next'),
    z.iso.datetime({ offset: true, error: 'must be `next` or an ISO 8601 instant' }),
  ]),
});

/** What may be switched on, where these kinds of faults can be played. */
export function faultsChangeOf(kinds: readonly [FaultKind, ...FaultKind[]]) {
  return z.strictObject({
    active: z.array(
      z.strictObject({
        kind: z.enum(kinds),
        methods: z.array(z.string()),
        times: z.int().min(-1),
        probability: z.number().min(0).max(1).exactOptional(),
        amount: z.number().min(0).max(600_000).exactOptional(),
      }),
    ),
  });
}
export const faultsChange = faultsChangeOf(faultKinds);

export const disconnectApp = z.strictObject({
  how: z.enum(['warning', 'refresh_requested', 'link_disabled', 'drop']),
});

export const messagesQuery = z.strictObject({
  person: id.optional(),
  threadTs: id.optional(),
  before: id.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export const ephemeralsQuery = z.strictObject({
  person: id,
  channel: id.optional(),
  before: id.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export const apiCallsQuery = z.strictObject({ since: z.coerce.number().int().min(0).default(0) });
