import type { Json } from '../../core/audit/canonical-json.ts';
import type { ReleaseCapability } from '../../core/permissions/capabilities.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { SecondPersonRequest } from '../../db/queries/requests.ts';
import type { Actor, Ctx } from './context.ts';
import type { Result } from './result.ts';
import type { Scope } from './scope.ts';

/** Somebody who asked, and on whose behalf it is done once a second person agrees. */
export type Requester = Extract<Actor, { kind: 'person' }>;

/** Something that takes a second person. Its name is that of its verb. */
export interface RequestAct<Prepared = unknown> {
  name: string;
  /** Who may approve and refuse it. */
  decides: ReleaseCapability;
  /** What whoever asked has to be able to do, then and when it is approved. */
  asks: ReleaseCapability;
  /** What may be slow happens before the transaction. */
  prepare(ctx: Ctx, request: SecondPersonRequest): Promise<Prepared>;
  /** Does it, in the transaction of the approval, with everything checked once more. A refusal leaves the request open. */
  perform(
    scope: Scope,
    approved: { release: Release; input: Json; requester: Requester; prepared: Prepared },
  ): Promise<Result<unknown>>;
}
