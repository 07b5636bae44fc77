import type { Destination } from '../../core/address/destination.ts';
import type { Json } from '../../core/audit/canonical-json.ts';
import { line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { organizationRolesWith } from '../../core/permissions/permissions.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findOpenRequest } from '../../db/queries/requests.ts';
import { requests } from '../../db/schema/requests.ts';
import { openCard, setTimer } from './effects.ts';
import { actorName } from './permissions.ts';
import type { RequestAct } from './request-act.ts';
import { done, type Refusal, type Result, refuse } from './result.ts';
import type { Scope } from './scope.ts';
import { describeWhoMay, whoMay } from './who-may.ts';

/** So long somebody has to agree. Milliseconds. */
const openMs = 3_600_000;

/** The timer at which a request lapses; its subject is the request. */
export const expireKind = 'request-expire';

/** The live card of a request. */
export const requestCardKind = 'request';

/** What waits for a second person. */
export interface AwaitedRequest {
  requestId: string;
  /** Until when somebody has to agree, epoch ms. */
  expiresAt: number;
  zone: string;
}

/**
 * Asks for a second person instead of doing something: `to`, the release's channel, gets a card with buttons, and nothing
 * is done until somebody else approves (`decideOnRequest`). `words` continue "asks to". For whoever has the right to it, once everything else is checked.
 */
export async function requireSecondPerson(
  scope: Scope,
  release: Release,
  asked: {
    act: Pick<RequestAct, 'name' | 'decides'>;
    input: Json;
    words: string;
    to: readonly Destination[];
  },
): Promise<Result<AwaitedRequest>> {
  const { actor, newId } = scope.ctx;
  const about = { releaseId: release.id };
  if (actor.kind !== 'person') return refuse('not-permitted', 'Only people can ask for this.', about);
  const { act, input, words, to } = asked;
  const refusal =
    (await refuseAsked(scope, release, act.name)) ?? refuseAlone(release, actor.personId, act.decides);
  if (refusal) return { ok: false, refusal };
  const [requestId, expiresAt] = [newId(), scope.now + openMs];
  const personName = actorName(release, actor);
  await scope.tx.insert(requests).values({
    id: requestId,
    ...{ releaseId: release.id, act: act.name, input, words },
    ...{ personId: actor.personId, personName },
    ...{ platform: actor.identity.platform, platformId: actor.identity.id },
    state: 'open',
    requestedAt: new Date(scope.now),
    expiresAt: new Date(expiresAt),
  });
  scope.audit({
    action: 'second-person.asked',
    releaseId: release.id,
    subject: requestId,
    details: { act: act.name, input, words, name: personName, expiresAt: new Date(expiresAt).toISOString() },
  });
  await openCard(scope, { releaseId: release.id, kind: requestCardKind, subjectId: requestId, to });
  await setTimer(scope, { releaseId: release.id, kind: expireKind, subjectId: requestId, dueAt: expiresAt });
  scope.invalidateCards(release.id);
  return done({ requestId, expiresAt, zone: release.plan.goLive.zone });
}

/** That the same was asked for already; null: it was not. */
export async function refuseAsked(scope: Scope, release: Release, act: string): Promise<Refusal | null> {
  const open = await findOpenRequest(scope.tx, { releaseId: release.id, act });
  if (!open || open.expiresAt.getTime() <= scope.now) return null;
  const until = localDate(open.expiresAt.getTime(), release.plan.goLive.zone);
  const message = line`${open.personName} has already asked to ${open.words}. It waits for a second person until ${until}: use the buttons on its card.`;
  return refuse('already-exists', message, { releaseId: release.id }).refusal;
}

/** That there is nobody else; null: there may be. */
function refuseAlone(release: Release, personId: string, decides: RequestAct['decides']): Refusal | null {
  const others = whoMay(release, decides).filter((person) => person.personId !== personId);
  if (others.length > 0 || organizationRolesWith(release.permissions, decides).length > 0) return null;
  const message = 'It takes a second person, and nobody else can approve it now.';
  return refuse('conditions-unmet', message, {
    releaseId: release.id,
    who: describeWhoMay(release, decides),
  }).refusal;
}
