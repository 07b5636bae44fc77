import { and, asc, eq } from 'drizzle-orm';
import type { ScopeChange } from '../../core/changes/scope-change.ts';
import type { RequestState } from '../../core/requests/request-state.ts';
import { requests } from '../schema/requests.ts';
import type { Queries } from '../transaction.ts';
import type { SecondPersonRequest } from './requests.ts';

/** A change of a release's scope that somebody has asked for after code freeze. */
export interface ChangeRequest extends ScopeChange {
  id: string;
  reason: string;
  requestedById: string;
  requestedByName: string;
  requestedAt: Date;
  expiresAt: Date;
  state: RequestState;
  decidedByName: string | null;
  decidedAt: Date | null;
  /** Why it was refused. */
  refusal: string | null;
}

/** The name of the act in the rows of requests. */
export const changeActName = 'change.request';

/** A request as the late change that it is. */
export function toChangeRequest(request: SecondPersonRequest): ChangeRequest {
  const { id, personId, personName, requestedAt, expiresAt, state } = request;
  const { decidedByName, decidedAt, reason: refusal } = request;
  const asked = request.input as unknown as ScopeChange & { reason: string };
  return {
    ...{ id, kind: asked.kind, list: asked.list, entry: asked.entry, reason: asked.reason },
    ...{ requestedById: personId, requestedByName: personName, requestedAt, expiresAt },
    ...{ state, decidedByName, decidedAt, refusal },
  };
}

export async function findChangeRequest(db: Queries, id: string): Promise<ChangeRequest | null> {
  const isIt = and(eq(requests.id, id), eq(requests.act, changeActName));
  const [row] = await db.select().from(requests).where(isIt);
  return row ? toChangeRequest(row) : null;
}

/** All change requests of a release, the oldest first; only those in one state, if it is given. */
export async function findChangeRequests(
  db: Queries,
  releaseId: string,
  state?: RequestState,
): Promise<ChangeRequest[]> {
  const isMeant = and(
    eq(requests.releaseId, releaseId),
    eq(requests.act, changeActName),
    state === undefined ? undefined : eq(requests.state, state),
  );
  const rows = await db
    .select()
    .from(requests)
    .where(isMeant)
    .orderBy(asc(requests.requestedAt), asc(requests.id));
  return rows.map(toChangeRequest);
}
