import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeRequestCard } from '../../../src/bot/cards/change-request/change-request-card.ts';
import { editReleaseForm } from '../../../src/bot/interactions/forms/edit-release.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { findChangeRequest, findChangeRequests } from '../../../src/db/queries/changes.ts';
import { withTransaction } from '../../../src/db/with-transaction.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { checkLateChange } from '../../../src/services/changes/check-late-change.ts';
import { requestChange } from '../../../src/services/changes/request-change.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { mergePersons } from '../../../src/services/people/merge-persons.ts';
import { decideOnRequest } from '../../../src/services/requests/decide-request.ts';
import { goLive, openWorld, personIdOf, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  approvedRelease,
  auditOf,
  inWords,
  planRelease,
  playUntil,
  releaseOf,
  wordsOfLast,
} from '../steps.ts';
import { askForChange, lateFix, unfrozen } from './late-change.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const releaseKey = 'web-2.4.0';
const approve = (person: 'rita' | 'quinn', requestId: string) =>
  decideOnRequest({ ctx: world.as(person), input: { requestId, decision: 'approve', reason: null } });
const cardOf = async (releaseId: string, requestId: string) => {
  const request = await findChangeRequest(world.services.db, requestId);
  if (!request) throw new Error('there is no request');
  return JSON.stringify(changeRequestCard(await releaseOf(world, releaseId), request));
};

describe('a late change', () => {
  it('that a second person approves changes the scope, takes back the go, and is told', async () => {
    const releaseId = await approvedRelease(world);
    const { requestId } = await askForChange(world);
    expect((await releaseOf(world, releaseId)).plan.scope.fixes).not.toContain(lateFix.entry);
    expect(await cardOf(releaseId, requestId)).toContain('approve-request');
    accepted(await approve('rita', requestId));
    const release = await releaseOf(world, releaseId);
    expect(release.plan.scope.fixes).toContain(lateFix.entry);
    expect(release.state).toBe('in_planning');
    const trail = await auditOf(world, releaseId);
    expect(trail.find(({ action }) => action === 'release.edited')).toMatchObject({
      details: { planDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(trail.at(-1)).toMatchObject({
      action: 'second-person.approved',
      subject: requestId,
      actor: 'slack:U0RITA',
    });
    expect(await cardOf(releaseId, requestId)).not.toContain('approve-request');
    const [told] = await world.query<{ destination: string; content: unknown }>(
      `select destination, content from deliveries where subject = 'second-person'`,
    );
    expect(told?.destination).toContain('U0QUINN');
    expect(JSON.stringify(told?.content)).toContain('Rita Moreno approved your request to add the fix');
  });

  it('that is refused leaves everything as it is, and whoever asked hears why', async () => {
    const releaseId = await approvedRelease(world);
    const { requestId } = await askForChange(world);
    const input = { requestId, decision: 'refuse' as const, reason: 'It can wait for 2.4.1.' };
    accepted(await decideOnRequest({ ctx: world.as('rita'), input }));
    const release = await releaseOf(world, releaseId);
    expect(release.plan.scope.fixes).not.toContain(lateFix.entry);
    expect(release.state).toBe('approved');
    const [told] = await world.query<{ content: unknown }>(
      `select content from deliveries where subject = 'second-person'`,
    );
    expect(JSON.stringify(told?.content)).toContain('It can wait for 2.4.1.');
    expect(inWords(await approve('rita', requestId))).toMatchObject({
      refusal: { code: 'wrong-state', message: 'It was already refused by Rita Moreno.' },
    });
  });

  it('is not decided on by whoever asked for it, whatever their rights', async () => {
    await planRelease(world);
    const { requestId } = await askForChange(world, 'rita');
    expect(inWords(await approve('rita', requestId))).toMatchObject({
      refusal: { code: 'not-permitted', message: expect.stringContaining('takes a second person') },
    });
  });

  it('takes out what is in the scope, and only that', async () => {
    const releaseId = await planRelease(world);
    const [entry = ''] = (await releaseOf(world, releaseId)).plan.scope.features;
    const out = { releaseKey, kind: 'take-out', list: 'features', entry, reason: 'It fails.' } as const;
    const { requestId } = accepted(await requestChange({ ctx: world.as('quinn'), input: out }));
    accepted(await approve('rita', requestId));
    expect((await releaseOf(world, releaseId)).plan.scope.features).not.toContain(entry);
    const again = await requestChange({ ctx: world.as('quinn'), input: out });
    expect(again).toMatchObject({ refusal: { code: 'invalid', field: 'entry' } });
  });

  it('is asked for once', async () => {
    await planRelease(world);
    await askForChange(world);
    const again = await requestChange({ ctx: world.as('dana'), input: { releaseKey, ...lateFix } });
    expect(again).toMatchObject({ refusal: { code: 'already-exists' } });
  });

  it('is not needed before code freeze', async () => {
    const goLive = { ...world.plan.goLive, date: '2031-06-19' };
    const releaseId = await planRelease(world, { goLive });
    const early = await checkLateChange({ ctx: world.as('quinn'), input: { releaseKey } });
    expect(inWords(early)).toMatchObject({
      refusal: {
        code: 'wrong-state',
        message: expect.stringMatching(/^Code freeze of web-2.4.0 is .*release edit web-2.4.0/),
      },
    });
    expect(await findChangeRequests(world.services.db, releaseId)).toEqual([]);
  });

  it('is withdrawn by whoever asked, and nobody else', async () => {
    const releaseId = await planRelease(world);
    const { requestId } = await askForChange(world);
    const withdraw = (person: 'rita' | 'quinn') =>
      decideOnRequest({
        ctx: world.as(person),
        input: { requestId, decision: 'withdraw', reason: null },
      });
    expect(await withdraw('rita')).toMatchObject({ refusal: { code: 'not-permitted' } });
    accepted(await withdraw('quinn'));
    expect(await cardOf(releaseId, requestId)).toContain('Late change withdrawn');
    expect(await approve('rita', requestId)).toMatchObject({ refusal: { code: 'wrong-state' } });
    await askForChange(world);
  });

  it('lapses after three days, or at go-live, and whoever asked is told', async () => {
    const releaseId = await planRelease(world);
    const askedAt = world.clock.now();
    const { requestId } = await askForChange(world);
    const lapsesAt = Math.min(askedAt + 3 * 86_400_000, Date.parse(goLive));
    await playUntil(world, lapsesAt - 1);
    expect(await cardOf(releaseId, requestId)).toContain('approve-request');
    await playUntil(world, lapsesAt);
    expect(await cardOf(releaseId, requestId)).toContain('nobody decided in time');
    expect(await approve('rita', requestId)).toMatchObject({ refusal: { code: 'wrong-state' } });
    const told = (await wordsOfLast(world, 'second-person')).join(' ');
    expect(told).toContain('nobody approved your request to add the fix');
    expect(await actionsOf(world, releaseId)).toContain('second-person.lapsed');
    expect((await verifyAudit(world.services.db, world.services.trailKeys)).broken).toEqual([]);
  });

  it('can’t be approved any more once the release has ended', async () => {
    const releaseId = await planRelease(world);
    const { requestId } = await askForChange(world);
    accepted(await cancelRelease({ ctx: world.as('rita'), input: { releaseKey, reason: 'No.' } }));
    expect(await approve('rita', requestId)).toMatchObject({ refusal: { code: 'wrong-state' } });
    expect(await cardOf(releaseId, requestId)).toContain('nobody decided in time');
  });
});

it('stays the request of a person whose accounts are connected afterwards', async () => {
  await approvedRelease(world);
  const { requestId } = await askForChange(world);
  const [from, into] = [personIdOf('quinn'), personIdOf('rita')];
  await withTransaction(world.services.db, (tx) =>
    mergePersons({ tx, now: world.clock.now() }, { from, into }),
  );
  const result = await approve('rita', requestId);
  expect(result).toMatchObject({ ok: false, refusal: { code: 'not-permitted' } });
});

describe('past the request', () => {
  const edit = (plan: Plan) => editRelease({ ctx: world.as('rita'), input: { plan } });
  const withFix = () => ({ ...world.plan, scope: { ...world.plan.scope, fixes: [lateFix.entry] } });

  it('the scope can’t be edited after code freeze, and the refusal says what to do', async () => {
    const releaseId = await planRelease(world);
    expect(inWords(await edit(withFix()))).toMatchObject({
      refusal: {
        code: 'conditions-unmet',
        message: expect.stringMatching(
          /^The code of web-2\.4\.0 has been frozen since .*second person approves\. Nothing was saved\..*release change-request web-2\.4\.0/,
        ),
      },
    });
    expect((await releaseOf(world, releaseId)).plan).toEqual(world.plan);
  });

  it('nor by an operator who imports the plan', async () => {
    await planRelease(world);
    const ctx = { ...world.services, actor: { kind: 'operator', name: 'root' } as const };
    expect(await editRelease({ ctx, input: { plan: withFix() } })).toMatchObject({
      refusal: { code: 'conditions-unmet' },
    });
  });

  it('nor by putting code freeze off', async () => {
    await planRelease(world);
    expect(inWords(await edit(unfrozen(world.plan)))).toMatchObject({
      refusal: {
        code: 'conditions-unmet',
        message: expect.stringContaining('can’t be moved or dropped'.replace('’', "'")),
      },
    });
  });

  it('what is not the scope can be edited still', async () => {
    await planRelease(world);
    accepted(await edit({ ...world.plan, summary: 'Checkout takes one step.' }));
  });

  it('the scope can be edited before code freeze', async () => {
    world.plan = unfrozen(world.plan);
    const releaseId = await planRelease(world);
    accepted(await edit(withFix()));
    expect((await releaseOf(world, releaseId)).plan.scope.fixes).toEqual([lateFix.entry]);
  });

  it('the form offers no scope after code freeze', async () => {
    const release = await releaseOf(world, await planRelease(world));
    const { body } = editReleaseForm(release, world.clock.now());
    expect(body.flatMap((part) => ('name' in part ? [part.name] : []))).toEqual(['version', 'summary']);
    expect(JSON.stringify(body)).toContain('change-request web-2.4.0');
  });
});
