import * as z from 'zod';

/** HAProxy allows no other characters in the names of backends and servers; so nothing of them can be a command. */
const name = z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/, {
  error: 'must be a name as HAProxy has it: letters, digits, "-", "_", "." and ":"',
});

/** `/run/haproxy/admin.sock`, or `host:port`. */
const socket = z.string().regex(/^(\/.+|[A-Za-z0-9.-]+:\d{1,5}|\[[0-9A-Fa-f:]+\]:\d{1,5})$/, {
  error: 'must be the path of a socket, such as /run/haproxy/admin.sock, or host:port',
});

const servers = z
  .array(name)
  .min(1, 'must name at least one server')
  .refine((names) => new Set(names).size === names.length, 'must name each server once');

/** One side of a release: the servers that run one version. */
const side = z.strictObject({
  /** Their names in the backend. */
  servers,
  /** An address at which one of them tells its version: as plain text, or as JSON with a field `version`. */
  versionUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
});

/** How to reach an HAProxy, and which of its servers run which version. */
export const HaproxySettings = z.strictObject({
  socket,
  backend: name,
  stable: side,
  candidate: side,
  /** Longest wait for an answer, milliseconds. */
  timeoutMs: z.number().int().min(1).default(3_000),
});
export type HaproxySettings = z.infer<typeof HaproxySettings>;
