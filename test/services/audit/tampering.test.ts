import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Anchor, anchorOf } from '../../../src/core/audit/anchor.ts';
import { sealTrail } from '../../../src/services/audit/seal-trail.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { addMessage } from '../../../src/services/evidence/add-message.ts';
import { approveNotes } from '../../../src/services/notes/approve-notes.ts';
import { decideOnRequest } from '../../../src/services/requests/decide-request.ts';
import { markTaskDone } from '../../../src/services/tasks/settle-task.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import { makeTrailKeys } from '../../support/trail-keys.ts';
import { askForChange } from '../changes/late-change.ts';
import { writtenMessage } from '../evidence/written-message.ts';
import { notesOf } from '../notes/notes-steps.ts';
import { evidence, report, waive } from '../readiness/gate-steps.ts';
import { accepted, approvedRelease, promoteAndConfirm, runToTheEnd } from '../steps.ts';
import { taskOf } from '../tasks/task-steps.ts';
import { rewriteChain, tamper } from './tampering.ts';

let world: World;
let releaseId: string;
let anchor: Anchor;

beforeEach(async () => {
  world = await openWorld();
  releaseId = await approvedRelease(world);
  const { requestId } = await askForChange(world);
  accepted(
    await decideOnRequest({
      ctx: world.as('rita'),
      input: { requestId, decision: 'refuse', reason: 'Too late.' },
    }),
  );
  accepted(await approveNotes({ ctx: world.as('rita'), input: await notesOf(world) }));
  world.clock.moveTo(goLive);
  await promoteAndConfirm(world, releaseId);
  await runToTheEnd(world, releaseId);
  accepted(await addMessage({ ctx: world.as('rita'), input: writtenMessage() }));
  const sealed = await sealTrail(world.services);
  if (!sealed) throw new Error('nothing was sealed');
  anchor = anchorOf(sealed);
});
afterEach(() => world.close());

const verify = (anchors: Anchor[] = []) =>
  verifyAudit(world.services.db, { ...world.services.trailKeys, anchors });

async function found(anchors: Anchor[] = []): Promise<string[]> {
  const { broken } = await verify(anchors);
  return broken.map(({ chain, seq, problem }) => {
    const name = chain === releaseId ? 'release' : chain;
    return seq === 0 ? `${name}: ${problem}` : `${name}, event ${seq}: ${problem}`;
  });
}

const ofRelease = (rest = '') => `chain = '${releaseId}' ${rest}`;
const forged = '{"action":"vote.cast","actor":"slack:U0EVE","at":"2030-06-18T08:00:00.000Z","details":{}}';

/** Each changes the database as somebody with all rights could, and has nothing else to hide it. */
const tamperings: [what: string, run: () => Promise<unknown>, named: RegExp][] = [
  [
    'a changed body',
    () =>
      tamper(
        world,
        `update audit_events set body = replace(body, 'rita', 'eve') where ${ofRelease('and seq = 1')}`,
      ),
    /^release, event 1: its contents were changed/,
  ],
  [
    'a changed hash',
    () => tamper(world, `update audit_events set hash = repeat('a', 64) where ${ofRelease('and seq = 2')}`),
    /^release, event 2: its contents were changed/,
  ],
  [
    'a changed link',
    () =>
      tamper(world, `update audit_events set prev_hash = repeat('a', 64) where ${ofRelease('and seq = 2')}`),
    /^release, event 2: it does not follow/,
  ],
  [
    'a changed signature',
    () =>
      tamper(
        world,
        `update audit_events set signature = overlay(signature placing 'AAAA' from 60) where ${ofRelease('and seq = 2')}`,
      ),
    /^release, event 2: its contents were changed/,
  ],
  [
    'a dropped event',
    () => tamper(world, `delete from audit_events where ${ofRelease('and seq = 3')}`),
    /^release, event 3: event 3 is missing/,
  ],
  [
    'two events in each other’s place',
    () =>
      tamper(
        world,
        `update audit_events set seq = seq + 1000 where ${ofRelease('and seq in (3, 4)')}`,
        `update audit_events set seq = 1007 - seq where ${ofRelease('and seq > 1000')}`,
      ),
    /^release, event 3: it does not follow/,
  ],
  [
    'an event put in',
    () =>
      tamper(
        world,
        `update audit_events set seq = -seq - 1 where ${ofRelease('and seq > 2')}`,
        `update audit_events set seq = -seq where ${ofRelease('and seq < 0')}`,
        `insert into audit_events values ('${releaseId}', 3, '${forged}', '', '', '')`,
      ),
    /^release, event 3: it does not follow/,
  ],
  [
    'a cut tail',
    () => tamper(world, `delete from audit_events where ${ofRelease('and seq > 5')}`),
    /^release, event 6: the chain ends at 5/,
  ],
  [
    'a head set back',
    () => tamper(world, `update audit_heads set seq = 5 where ${ofRelease()}`),
    /^release, event \d+: the chain ends at \d+, it should end at 5/,
  ],
  [
    'a cut tail with the head set back',
    () => rewriteChain(world, releaseId, (rows) => rows.slice(0, 5)),
    /^release, event 6: the chain ends at 5, but checkpoint \d+ signed event \d+: its tail was cut/,
  ],
  [
    'a forged event with its head',
    () => rewriteChain(world, releaseId, (rows) => [...rows, { body: forged, signature: null }]),
    /^release, event \d+: it is not signed/,
  ],
  [
    'an event appended by hand with the function of the bot',
    () =>
      world.query(`select append_audit_events(array[$1], array[$2], array['made up'])`, [releaseId, forged]),
    /^release, event \d+: it does not bear the signature of tminus/,
  ],
  [
    'a forged event under another event’s signature',
    () =>
      rewriteChain(world, releaseId, (rows) => [
        ...rows,
        { body: forged, signature: rows[2]?.signature ?? '' },
      ]),
    /^release, event \d+: it does not bear the signature/,
  ],
  [
    'an event signed with a key of the forger',
    () => {
      const body = forged;
      return rewriteChain(world, releaseId, (rows) => [
        ...rows,
        { body, signature: makeTrailKeys().signer.signEvent({ chain: releaseId, body }) },
      ]);
    },
    /^release, event \d+: it is signed with the key [0-9a-f]{16}, which is not among those that are trusted/,
  ],
  [
    'an event that is repeated with its signature',
    () => rewriteChain(world, releaseId, (rows) => [...rows, ...rows.slice(4, 5)]),
    /^release, event \d+: it repeats an earlier event/,
  ],
  [
    'all hashes recomputed over a changed body',
    () =>
      rewriteChain(world, releaseId, (rows) =>
        rows.map((row) => ({ ...row, body: row.body.replace('rita', 'eve') })),
      ),
    /^release, event 1: it does not bear the signature/,
  ],
  [
    'all signatures taken away and all hashes recomputed',
    () => rewriteChain(world, releaseId, (rows) => rows.map(({ body }) => ({ body, signature: null }))),
    /^release, event 1: it is not signed/,
  ],
  [
    'all hashes recomputed without one event',
    () => rewriteChain(world, releaseId, (rows) => rows.toSpliced(3, 1)),
    /^release, event \d+: .*(its tail was cut|rewritten)/,
  ],
  [
    'all hashes recomputed with two events in each other’s place',
    () => rewriteChain(world, releaseId, (rows) => swapped(rows, 3, 4)),
    /^release, event \d+: one of the events 1 to \d+ is not the one that checkpoint \d+ signed/,
  ],
  [
    'a chain that is gone',
    () => tamper(world, `delete from audit_events where ${ofRelease()}`),
    /^release, event 1: the chain is gone: checkpoint \d+ signed \d+ events of it/,
  ],
  [
    'a chain that is gone with its head',
    () =>
      tamper(
        world,
        `delete from audit_events where ${ofRelease()}`,
        `delete from audit_heads where ${ofRelease()}`,
      ),
    /^release, event 1: the chain is gone/,
  ],
  [
    'a release deleted with its chain',
    () =>
      tamper(
        world,
        `delete from audit_events where ${ofRelease()}`,
        `delete from audit_heads where ${ofRelease()}`,
        `delete from releases`,
      ),
    /^release, event 1: the chain is gone/,
  ],
  [
    'a release deleted beside its chain',
    () => tamper(world, 'delete from releases'),
    /^release, event \d+: the release itself is in the trail, and its row is gone/,
  ],
  [
    'a release’s state',
    () => tamper(world, `update releases set state = 'completed'`),
    /^release, event \d+: the release itself: state is "completed", the trail says "in_progress"/,
  ],
  [
    'a release’s plan',
    () => tamper(world, `update releases set plan = jsonb_set(plan, '{version}', '"9.9"')`),
    /^release, event \d+: the release itself: plan is/,
  ],
  [
    'a vote',
    () => tamper(world, `update votes set choice = 'no_go' where role = 'qa_lead'`),
    /^release, event \d+: the vote \S+ qa_lead: choice is "no_go", the trail says "go"/,
  ],
  [
    'the name on a vote',
    () => tamper(world, `update votes set person_name = 'Eve' where role = 'qa_lead'`),
    /^release, event \d+: the vote \S+ qa_lead: by is "Eve"/,
  ],
  [
    'a vote taken away',
    () => tamper(world, `delete from votes where role = 'qa_lead'`),
    /^release, event \d+: the vote \S+ qa_lead is in the trail, and its row is gone/,
  ],
  [
    'a vote added',
    () => tamper(world, `update votes set role = 'devops_lead2' where role = 'qa_lead'`),
    /the vote \S+ devops_lead2 is a row of which the trail knows nothing/,
  ],
  [
    'an outcome',
    () => tamper(world, `update polls set outcome = 'no_go'`),
    /^release, event \d+: the poll \S+: outcome is "no_go", the trail says "go"/,
  ],
  [
    'a vote slipped in among those that were changed',
    () =>
      tamper(
        world,
        `insert into votes select (jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'seq', 99,
          'choice', 'no_go', 'ended_at', now(), 'ended_by', 'changed'))).* from votes v where role = 'qa_lead'`,
      ),
    /^release: the vote \S+ qa_lead #1 is a row of which the trail knows nothing/,
  ],
  [
    'a rule by which votes were counted',
    () => tamper(world, `update polls set policy = jsonb_set(policy, '{rule}', '"majority"')`),
    /^release, event \d+: the poll \S+: policy is/,
  ],
  [
    'a decision record',
    () => tamper(world, `update decisions set record = jsonb_set(record, '{decidedBy}', '"Eve"')`),
    /^release, event \d+: the decision \S+: record is/,
  ],
  [
    'a decision that is gone',
    () => tamper(world, 'update operations set decision_id = null', 'delete from decisions'),
    /^release, event \d+: the decision \S+ is in the trail, and its row is gone/,
  ],
  [
    'the decision that an operation rests on',
    () => tamper(world, 'update operations set decision_id = null'),
    /^release, event \d+: the operation \S+: decision is null/,
  ],
  [
    'what voters saw',
    () => tamper(world, `update poll_evidence set body = jsonb_set(body, '{risk,points}', '0')`),
    /^release, event \d+: the evidence \S+: contents is/,
  ],
  [
    'a sign-off made up',
    () =>
      tamper(
        world,
        `insert into sign_offs select d.id, 'business_sponsor', v.person_id, 'Eve', null, now()
          from decisions d, votes v where v.role = 'qa_lead'`,
      ),
    /^release: the sign-off \S+ business_sponsor is a row of which the trail knows nothing/,
  ],
  [
    'an operation',
    () => tamper(world, 'update operations set to_percent = 100'),
    /^release, event \d+: the operation \S+: toPercent is 100, the trail says 1$/,
  ],
  [
    'who asked for an operation',
    () => tamper(world, `update operations set requested_by = 'slack:U0EVE'`),
    /^release, event \d+: the operation \S+: requestedBy is "slack:U0EVE"/,
  ],
  [
    'an operation added',
    () =>
      tamper(
        world,
        `insert into operations select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'seq', 99))).* from operations o`,
      ),
    /^release: the operation \S+ is a row of which the trail knows nothing/,
  ],
  [
    'the words of a message in the record',
    () => tamper(world, `update evidence set text = 'All tests pass.'`),
    /^release, event \d+: the message in the record \S+: text is "All tests pass."/,
  ],
  [
    'a message taken out of the record',
    () => tamper(world, 'delete from evidence'),
    /^release, event \d+: the message in the record \S+ is in the trail, and its row is gone/,
  ],
  [
    'a message put into the record',
    () =>
      tamper(
        world,
        `insert into evidence select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'source', 'x'))).* from evidence e`,
      ),
    /^release: the message in the record \S+ is a row of which the trail knows nothing/,
  ],
  [
    'what became of a late change',
    () => tamper(world, `update requests set state = 'approved', reason = null`),
    /^release, event \d+: the request for a second person \S+: state is "approved", the trail says "refused"/,
  ],
  [
    'who decided on a late change',
    () => tamper(world, `update requests set decided_by_name = 'Eve'`),
    /^release, event \d+: the request for a second person \S+: decidedBy is "Eve"/,
  ],
  [
    'a late change taken away',
    () => tamper(world, 'delete from requests'),
    /^release, event \d+: the request for a second person \S+ is in the trail, and its row is gone/,
  ],
  [
    'the words of the release notes',
    () => tamper(world, `update release_notes set body = 'Nothing to see.'`),
    /^release, event \d+: the release notes themselves: wording is/,
  ],
  [
    'who approved the release notes',
    () => tamper(world, `update release_notes set approved_by_name = 'Eve'`),
    /^release, event \d+: the release notes themselves: approvedBy is "Eve"/,
  ],
  [
    'release notes taken away',
    () => tamper(world, 'delete from release_notes'),
    /^release, event \d+: the release notes themselves is in the trail, and its row is gone/,
  ],
  [
    'what a target showed',
    () => tamper(world, 'update operations set observed_percent = 100'),
    /^release, event \d+: the operation \S+: observedPercent is 100, the trail says 1$/,
  ],
  [
    'why an operation failed',
    () => tamper(world, `update operations set error = 'It went wrong.'`),
    /^release, event \d+: the operation \S+: error is "It went wrong.", the trail says null/,
  ],
  [
    'who has a role',
    () =>
      tamper(
        world,
        `update release_people set person_id = (select person_id from release_people where role = 'support_lead')
          where role = 'devops_lead' and position = 'holder'`,
      ),
    /^release, event 1: who has a role in it: people is/,
  ],
  [
    'a role taken away',
    () => tamper(world, `delete from release_people where role = 'qa_lead'`),
    /^release, event 1: who has a role in it: people is/,
  ],
  [
    'a message that went out and is said to have been withheld',
    () => tamper(world, `update communications set state = 'withheld' where state = 'sent'`),
    /^release, event \d+: the message \S+: state is "withheld", the trail says "sent"/,
  ],
  [
    'a message that is said to have gone out',
    () =>
      tamper(
        world,
        `update communications set state = 'sent' where id = (select id from communications where state = 'planned' limit 1)`,
      ),
    /^release: the message \S+ is a row of which the trail knows nothing/,
  ],
  [
    'a message that is to go out again',
    () =>
      tamper(world, `update communications set state = 'planned', settled_at = null where state = 'sent'`),
    /^release, event \d+: the message \S+ is in the trail, and its row is gone/,
  ],
  [
    'a freeze that is let through',
    () =>
      tamper(
        world,
        `insert into freeze_breaks values (gen_random_uuid(), '${releaseId}', 'Just so.', '2030-07-01', 'Eve', '2030-06-18')`,
      ),
    /^release: the break of a freeze at \S+ is a row of which the trail knows nothing/,
  ],
  [
    'a second person who never agreed',
    () =>
      tamper(
        world,
        `insert into requests (id, release_id, act, input, words, person_id, person_name, platform, platform_id, state,
          requested_at, expires_at, decided_by_name)
          select gen_random_uuid(), id, 'rollout.promote', '{}', 'promote to 1 %', (select id from persons limit 1), 'Dana',
          'slack', 'U0DANA', 'approved', now(), now(), 'Emil Novak' from releases`,
      ),
    /^release: the request for a second person \S+ is a row of which the trail knows nothing/,
  ],
  [
    'rights that somebody gave themselves',
    () =>
      tamper(
        world,
        `insert into permissions values (true, '{"capabilities": {"rollout.promote": ["qa_lead"]}, "roles": {}}', now())`,
      ),
    /^workspace: the set of rights in force is a row of which the trail knows nothing/,
  ],
  [
    'the result of a gate',
    async () => {
      await report(world, 'sast', false);
      await tamper(world, 'update gate_results set passed = true');
    },
    /^release, event \d+: the result of a gate \S+: value is true, the trail says false/,
  ],
  [
    'the result of a gate added',
    async () => {
      await report(world, 'sast', false);
      await tamper(
        world,
        `insert into gate_results select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'passed', true))).* from gate_results r`,
      );
    },
    /^release: the result of a gate \S+ is a row of which the trail knows nothing/,
  ],
  [
    'the end of a waiver',
    async () => {
      await waive(world, 'sast', 1);
      await tamper(world, `update gate_waivers set until = until + interval '30 days'`);
    },
    /^release, event \d+: the waiver of a gate \S+: until is/,
  ],
  [
    'a waiver taken away',
    async () => {
      await waive(world, 'sast', 1);
      await tamper(world, 'delete from gate_waivers');
    },
    /^release, event \d+: the waiver of a gate \S+ is in the trail, and its row is gone/,
  ],
  [
    'an item that nobody ticked',
    () => tamper(world, `update tasks set state = 'done', settled_by_name = 'Eve' where kind = 'checklist'`),
    /^release: the settled task \S+ is a row of which the trail knows nothing/,
  ],
  [
    'the evidence of an item',
    async () => {
      const { id: taskId } = await taskOf(world, releaseId, 'checklist-technical-validation-smoke-tests');
      accepted(await markTaskDone({ ctx: world.as('quinn'), input: { taskId, evidence } }));
      await tamper(world, `update tasks set evidence = 'https://eve.example.com' where evidence is not null`);
    },
    /^release, event \d+: the settled task \S+: evidence is "https:\/\/eve.example.com"/,
  ],
  [
    'a changed checkpoint',
    () =>
      tamper(world, `update audit_checkpoints set body = replace(body, '"seq":2', '"seq":3') where seq = 2`),
    /^checkpoints, event 2: its contents were changed/,
  ],
  [
    'a dropped checkpoint',
    () => tamper(world, 'delete from audit_checkpoints where seq = 1'),
    /^checkpoints, event 1: checkpoint 1 is missing/,
  ],
  [
    'all checkpoints gone',
    () => tamper(world, 'delete from audit_checkpoints'),
    /^checkpoints, event 1: there is none/,
  ],
  [
    'all checkpoints gone, and new ones made by the bot that knows of nothing',
    async () => {
      await tamper(world, 'delete from audit_checkpoints', 'update audit_heads set sealed_seq = 0');
      await sealTrail(world.services);
    },
    /^release, event 1: it is in the first checkpoint, though it is younger/,
  ],
  [
    'a cut tail that the bot went on from',
    async () => {
      await rewriteChain(world, releaseId, (rows) => rows.slice(0, 5));
      await sealTrail(world.services);
    },
    /^release, event 6: the chain ends at 5, but checkpoint 2 signed event/,
  ],
];

function swapped<Row>(rows: readonly Row[], left: number, right: number): Row[] {
  return rows.map((row, index) => (index === left ? rows[right] : index === right ? rows[left] : row) ?? row);
}

it('is intact before', async () => {
  expect(await found([anchor])).toEqual([]);
});

describe('verifying names', () => {
  it.each(tamperings)('%s', async (_what, run, named) => {
    await run();
    expect((await found()).join('\n')).toMatch(new RegExp(named.source, 'm'));
  });

  it('by an anchor, that the trail and its checkpoints were set back to an earlier state', async () => {
    await rewriteChain(world, releaseId, (rows) => rows.slice(0, 5));
    await tamper(
      world,
      'delete from audit_checkpoints where seq > 1',
      'update audit_heads set sealed_seq = 0',
    );
    const said = await found([anchor]);
    expect(said[0] ?? '').toMatch(/^release, event \d+: /);
    expect(said.join('\n')).toMatch(
      /checkpoints, event 2: checkpoint 2, which was anchored outside the database, is gone/,
    );
    expect(await found([{ seq: anchor.seq, hash: 'f'.repeat(64) }])).toContainEqual(
      expect.stringContaining('checkpoints, event 2'),
    );
  });
});
