import type { Destination } from '../../core/address/destination.ts';
import type { Json } from '../../core/audit/canonical-json.ts';
import { line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import type { ReleaseCapability } from '../../core/permissions/capabilities.ts';
import { organizationRolesWith } from '../../core/permissions/permissions.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findOpenRequest } from '../../db/queries/requests.ts';
import { requests } from '../../db/schema/requests.ts';
import { openCard, setTimer } from './effects.ts';
import { lapseRequest } from './lapse-request.ts';
import { actorName } from './permissions.ts';
import type { RequestAct } from './request-act.ts';
import { done, type Refusal, type Result, refuse } from './result.ts';
import type { Scope } from './scope.ts';
import { describeWhoMay, whoMay } from './who-may.ts';

/** So long somebody has to agree, where an act says nothing else. Milliseconds. */
const openMs = 3_600_000;

/** The timer at which a request lapses; its subject is the request. */
export const expireKind = 'request-expire';

/** What waits for a second person. */
export interface AwaitedRequest {
  requestId: string;
  /** Until when somebody has to agree, epoch ms. */
  expiresAt: number;
  zone: string;
}

/** What somebody asks for. */
export interface AskedFor {
  act: Pick<RequestAct, 'name' | 'cardKind'> & { decides?: ReleaseCapability };
  /** Null: it is of no release. */
  release: Release | null;
  /** What tells several of one act apart, which may be open at the same time. */
  topic?: string;
  input: Json;
  /** Continue "asks to". */
  words: string;
  zone: string;
  /** Epoch ms; left out: in an hour. */
  expiresAt?: number;
  /** Where its card is posted, and whose channels these are. */
  cards: readonly { releaseId: string; to: readonly Destination[] }[];
}

/**
 * Asks for a second person instead of doing something: channels get a card with buttons, and nothing is done until
 * somebody else approves (`decideOnRequest`). For whoever has the right to it, once everything else is checked.
 */
export async function requireSecondPerson(scope: Scope, asked: AskedFor): Promise<Result<AwaitedRequest>> {
  const { actor, newId } = scope.ctx;
  const { act, release, topic = '', input, words, zone } = asked;
  const releaseId = release?.id ?? null;
  const about = releaseId === null ? {} : { releaseId };
  if (actor.kind !== 'person') return refuse('not-permitted', 'Only people can ask for this.', about);
  const refusal = (await refuseAsked(scope, asked)) ?? refuseAlone(asked, actor.personId);
  if (refusal) return { ok: false, refusal };
  const [requestId, expiresAt] = [newId(), asked.expiresAt ?? scope.now + openMs];
  const personName = release ? actorName(release, actor) : actor.name;
  await scope.tx.insert(requests).values({
    id: requestId,
    ...{ releaseId, act: act.name, topic, input, words },
    ...{ personId: actor.personId, personName },
    ...{ platform: actor.identity.platform, platformId: actor.identity.id },
    state: 'open',
    requestedAt: new Date(scope.now),
    expiresAt: new Date(expiresAt),
  });
  scope.audit({
    action: 'second-person.asked',
    releaseId,
    subject: requestId,
    details: { act: act.name, input, words, name: personName, expiresAt: new Date(expiresAt).toISOString() },
  });
  for (const { releaseId: of, to } of asked.cards)
    await openCard(scope, { releaseId: of, kind: act.cardKind, subjectId: requestId, to });
  await setTimer(scope, { releaseId, kind: expireKind, subjectId: requestId, dueAt: expiresAt });
  if (releaseId !== null) scope.invalidateCards(releaseId);
  return done({ requestId, expiresAt, zone });
}

/** That the same was asked for already; null: it was not, or nobody agreed in time. */
export async function refuseAsked(
  scope: Scope,
  { act, release, topic = '', zone }: Pick<AskedFor, 'act' | 'release' | 'topic' | 'zone'>,
): Promise<Refusal | null> {
  const open = await findOpenRequest(scope.tx, { releaseId: release?.id ?? null, act: act.name, topic });
  if (!open) return null;
  if (open.expiresAt.getTime() <= scope.now) {
    // Its timer is late, or held by a pause.
    await lapseRequest(scope, release, open.id);
    return null;
  }
  const until = localDate(open.expiresAt.getTime(), zone);
  const message = line`${open.personName} has already asked to ${open.words}. It waits for a second person until ${until}: use the buttons on its card.`;
  return refuse('already-exists', message, release ? { releaseId: release.id } : {}).refusal;
}

/** That there is nobody else; null: there may be. */
function refuseAlone({ act: { decides }, release }: AskedFor, personId: string): Refusal | null {
  if (!release || !decides) return null;
  const others = whoMay(release, decides).filter((person) => person.personId !== personId);
  if (others.length > 0 || organizationRolesWith(release.permissions, decides).length > 0) return null;
  const message = 'It takes a second person, and nobody else can approve it now.';
  return refuse('conditions-unmet', message, {
    releaseId: release.id,
    who: describeWhoMay(release, decides),
  }).refusal;
}
