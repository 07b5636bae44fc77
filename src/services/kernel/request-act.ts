import type { Line } from '../../core/card/line.ts';
import type { ReleaseCapability } from '../../core/permissions/capabilities.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { SecondPersonRequest } from '../../db/queries/requests.ts';
import type { Actor, Ctx } from './context.ts';
import type { Refusal, Result } from './result.ts';
import type { Scope } from './scope.ts';

/** Somebody who asked, and on whose behalf it is done once a second person agrees. */
export type Requester = Extract<Actor, { kind: 'person' }>;

/** Something that takes a second person. Its name is that of its verb. */
export type RequestAct<Prepared = unknown> = ReleaseAct<Prepared> | OrganizationAct<Prepared>;

/** What every act has. */
interface Act<Prepared> {
  name: string;
  /** The kind of the live card that asks for the second person. */
  cardKind: string;
  /** What may be slow happens before the transaction. */
  prepare(ctx: Ctx, request: SecondPersonRequest): Promise<Prepared>;
}

/** Something of a release. */
export interface ReleaseAct<Prepared = unknown> extends Act<Prepared> {
  /** Who may approve and refuse it. */
  decides: ReleaseCapability;
  /** What whoever asked has to be able to do, then and when it is approved. */
  asks: ReleaseCapability;
  /** Why nobody can decide on it any more in the state that a release is in; left out: there is no such reason. */
  refuseNow?(release: Release): Refusal | null;
  /** Does it, in the transaction of the approval, with everything checked once more. A refusal leaves the request open. */
  perform(
    scope: Scope,
    approved: { release: Release; request: SecondPersonRequest; requester: Requester; prepared: Prepared },
  ): Promise<Result<Performed>>;
}

/** Something of no release. */
export interface OrganizationAct<Prepared = unknown> extends Act<Prepared> {
  /** Asks the platforms what they know of the actor's rights; the answer says why the actor may not decide. */
  readRights(ctx: Ctx): Promise<(scope: Scope) => Promise<Refusal | null>>;
  /** What is said to somebody who wants to decide when nobody has asked. */
  noneOpen: Line;
  /** As of a release. */
  performForAll(
    scope: Scope,
    approved: { request: SecondPersonRequest; prepared: Prepared },
  ): Promise<Result<Performed>>;
}

/** What has been done, in a sentence: for whoever approved it, and for whoever asked. */
export interface Performed {
  answer: Line;
  news: Line;
}
