import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderLiveCard } from '../../../src/bot/cards/render-live-card.ts';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { pruneTaskMessages } from '../../../src/jobs/maintenance/prune-task-messages.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { pauseRelease } from '../../../src/services/lifecycle/pause-release.ts';
import { resumeRelease } from '../../../src/services/lifecycle/resume-release.ts';
import { reassignRole } from '../../../src/services/release/reassign-role.ts';
import { markTaskDone } from '../../../src/services/tasks/settle-task.ts';
import { snoozeTask } from '../../../src/services/tasks/snooze-task.ts';
import { idOf, openWorld, type PersonName, personIdOf, type World } from '../../support/test-services.ts';
import { accepted, auditOf, planRelease, playUntil, wakeAt } from '../steps.ts';
import { taskOf } from './task-steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const plan = async () => {
  releaseId = await planRelease(world);
};
const hour = 3_600_000;

interface Message {
  card: Card;
  kind: string;
  at: string;
}

/** The reminders and digests that somebody got, oldest first, each as it looks now. */
async function messagesTo(person: PersonName): Promise<Message[]> {
  const rows = await world.query<{ subject_id: string; destination: string; kind: string; sent_at: Date }>(
    `select c.subject_id, c.destination, m.kind, m.sent_at from cards c
       join task_messages m on m.id::text = c.subject_id where c.destination = $1 order by m.sent_at`,
    [`slack:person:${idOf(person)}`],
  );
  const facts = { hasDriver: () => true, isCreator: async () => false, freezes: [] };
  return Promise.all(
    rows.map(async (row) => {
      const card = {
        kind: 'tasks',
        subjectId: row.subject_id,
        destination: decodeDestination(row.destination),
      };
      const drawn = await renderLiveCard(world.services.db, card, world.clock.now(), facts);
      if (!drawn) throw new Error('the message is gone');
      return { card: drawn, kind: row.kind, at: row.sent_at.toISOString() };
    }),
  );
}

const times = async (person: PersonName) =>
  (await messagesTo(person)).map(({ kind, at, card }) => [kind, at, lineText(card.summary)]);
const actionsOn = ({ card }: Message) =>
  card.blocks.flatMap((block) => (block.type === 'actions' ? block.buttons.map(({ action }) => action) : []));

async function tick(person: PersonName, key: string): Promise<void> {
  const { id: taskId } = await taskOf(world, releaseId, key);
  accepted(await markTaskDone({ ctx: world.as(person), input: { taskId, evidence: null } }));
}

describe('the digest', () => {
  beforeEach(plan);

  it('comes on working mornings in the zone of its reader, and not with nothing to say', async () => {
    await playUntil(world, '2030-06-06T12:00:00Z');
    expect(await times('sam')).toEqual([
      ['digest', '2030-06-04T07:00:00.000Z', '☀️ 1 due today'],
      ['digest', '2030-06-05T07:00:00.000Z', '☀️ 1 waiting for you'],
      ['digest', '2030-06-06T07:00:00.000Z', '☀️ 1 waiting for you'],
    ]);
    // Her tests are due on 12 June, which is a week off by the sixth.
    expect((await times('priya')).map(([, at]) => at)).toEqual(['2030-06-06T07:00:00.000Z']);
    expect(await times('nina')).toEqual([]);
  });

  it('goes by the zone that the platform tells', async () => {
    await world.query(`update identities set zone = 'America/New_York' where platform_id = $1`, [
      idOf('sam'),
    ]);
    await world.query('delete from timers where release_id is null');
    accepted(await reassignRole({ ctx: world.as('rita'), input: reassigned('qa_lead', 'tom') }));
    await playUntil(world, '2030-06-04T20:00:00Z');
    expect(await times('sam')).toEqual([
      ['digest', '2030-06-03T13:00:00.000Z', '☀️ 1 due this week'],
      ['digest', '2030-06-04T13:00:00.000Z', '☀️ 1 due today'],
    ]);
  });

  it('shows each task as it is now, with buttons as long as it is open', async () => {
    await playUntil(world, '2030-06-04T08:00:00Z');
    const [before] = await messagesTo('sam');
    expect(before && actionsOn(before)).toEqual(['task-done', 'change-task']);
    await world.query('update cards set rendered_revision = revision');
    await tick('sam', 'milestone-security-review');
    const [after] = await messagesTo('sam');
    expect(after && actionsOn(after)).toEqual(['reopen-task']);
    expect(
      await world.query(`select 1 from cards where kind = 'tasks' and revision > rendered_revision`),
    ).toHaveLength(1);
    await playUntil(world, '2030-06-05T08:00:00Z');
    expect(await times('sam')).toHaveLength(1);
  });

  it('has the same as the home, where it is ticked, too', async () => {
    await playUntil(world, '2030-06-04T08:00:00Z');
    const facts = { hasDriver: () => true, isCreator: async () => false, freezes: [] };
    const home = async () => {
      const destination = { channel: 'slack', kind: 'home' as const, id: idOf('sam') };
      const card = { kind: 'home', subjectId: personIdOf('sam'), destination };
      return JSON.stringify(await renderLiveCard(world.services.db, card, world.clock.now(), facts));
    };
    expect(await home()).toContain('Your tasks');
    expect(await home()).toContain('task-done');
    await tick('sam', 'milestone-security-review');
    expect(await home()).not.toContain('Your tasks');
  });

  it('asks the release manager two days after it was due, since the role has no backup', async () => {
    await playUntil(world, '2030-06-07T12:00:00Z');
    const asked = (await messagesTo('rita')).filter(({ card }) =>
      JSON.stringify(card).includes('Security review'),
    );
    expect(asked.map(({ at }) => at)).toEqual(['2030-06-07T07:00:00.000Z']);
    expect(JSON.stringify(asked[0]?.card)).toContain(
      'Sam Okoye has not done it. Please see that it gets done',
    );
    const reminders = (await auditOf(world, releaseId)).filter(({ action }) => action === 'tasks.reminded');
    expect(reminders.map(({ details }) => details)).toContainEqual({
      to: 'Rita Moreno',
      tasks: [{ key: 'milestone-security-review', as: 'release-manager' }],
    });
  });
});

function reassigned(role: 'qa_lead' | 'security_lead', person: PersonName) {
  return { releaseKey: 'web-2.4.0', role, person: { email: `${person}@example.com` } };
}

describe('reminders around go-live', () => {
  beforeEach(plan);

  it('come at their instants: the owner before and when it is due, then whoever stands in', async () => {
    await playUntil(world, '2030-06-17T20:00:00Z');
    // Validate the deployment, due on the eve at 17:00, which is 15:00 UTC.
    const ofDay = (all: string[][]) =>
      all.filter(([kind, at]) => kind === 'reminder' && at?.startsWith('2030-06-17'));
    expect(ofDay(await times('dana'))).toEqual([
      ['reminder', '2030-06-17T11:00:00.000Z', '📌 Validate the deployment'],
      ['reminder', '2030-06-17T15:00:00.000Z', '📌 Validate the deployment'],
    ]);
    // Emil is her backup.
    expect(ofDay(await times('emil')).map(([, at]) => at)).toEqual(['2030-06-17T16:00:00.000Z']);
    expect(ofDay(await times('rita')).map(([, at, headline]) => [at, headline])).toEqual([
      ['2030-06-17T11:00:00.000Z', '📌 Get the approval of the stakeholders'],
      ['2030-06-17T15:00:00.000Z', '📌 Get the approval of the stakeholders'],
      ['2030-06-17T17:00:00.000Z', '📌 2 tasks to see to'],
    ]);
  });

  it('stop when it is done', async () => {
    await playUntil(world, '2030-06-17T12:00:00Z');
    await tick('dana', 'preparation-validate-the-deployment');
    await playUntil(world, '2030-06-17T20:00:00Z');
    expect((await times('dana')).filter(([kind]) => kind === 'reminder')).toHaveLength(1);
  });

  it('come when somebody has asked for them, whatever the day', async () => {
    const { id: taskId } = await taskOf(world, releaseId, 'milestone-security-review');
    const until = Date.parse('2030-06-08T12:30:00Z');
    accepted(await snoozeTask({ ctx: world.as('sam'), input: { taskId, until } }));
    await playUntil(world, '2030-06-09T12:00:00Z');
    expect(await times('sam')).toEqual([['reminder', '2030-06-08T12:30:00.000Z', '📌 Security review']]);
  });

  it('do not come while the release is paused, nor after it was cancelled', async () => {
    const paused = { releaseKey: null, reason: 'A fault.', until: null };
    accepted(await pauseRelease({ ctx: world.as('rita'), input: paused }));
    await playUntil(world, '2030-06-05T12:00:00Z');
    expect(await times('sam')).toEqual([]);
    accepted(await resumeRelease({ ctx: world.as('rita'), input: { releaseKey: null } }));
    await playUntil(world, '2030-06-06T12:00:00Z');
    expect(await times('sam')).toHaveLength(1);
    accepted(
      await cancelRelease({ ctx: world.as('rita'), input: { releaseKey: null, reason: 'Not needed.' } }),
    );
    await playUntil(world, '2030-06-19T12:00:00Z');
    expect(await times('sam')).toHaveLength(1);
    expect(await world.query(`select 1 from timers where release_id is null and state = 'pending'`)).toEqual(
      [],
    );
  });

  it('go to whoever has the role by then', async () => {
    accepted(await reassignRole({ ctx: world.as('rita'), input: reassigned('security_lead', 'tom') }));
    await playUntil(world, '2030-06-04T08:00:00Z');
    expect(await times('sam')).toEqual([]);
    expect(await times('tom')).toHaveLength(1);
  });
});

describe('however many releases there are', () => {
  it('everybody has one timer, and gets one message of all of them', async () => {
    for (const version of ['2.4.0', '2.5.0', '2.6.0'])
      await planRelease(world, { release: `web-${version}`, version });
    const pending = await world.query<{ subject_id: string }>(
      `select subject_id from timers where release_id is null and state = 'pending'`,
    );
    expect(new Set(pending.map((row) => row.subject_id)).size).toBe(pending.length);
    await playUntil(world, '2030-06-04T08:00:00Z');
    expect(await times('sam')).toEqual([['digest', '2030-06-04T07:00:00.000Z', '☀️ 3 due today']]);
  });

  it('a bot that was away says once what there is to say, and no digest hours late', async () => {
    await plan();
    await wakeAt(world, '2030-06-06T15:00:00Z');
    expect(await times('sam')).toEqual([]);
    await wakeAt(world, Date.parse('2030-06-07T07:00:00Z') + hour);
    expect(await times('sam')).toHaveLength(1);
    await wakeAt(world, '2030-06-17T18:30:00Z');
    expect((await times('dana')).at(-1)).toEqual([
      'reminder',
      '2030-06-17T18:30:00.000Z',
      '📌 Validate the deployment',
    ]);
  });

  it('what was said is forgotten after two weeks', async () => {
    await plan();
    await playUntil(world, '2030-06-05T08:00:00Z');
    world.clock.moveTo('2030-06-18T06:00:00Z');
    await pruneTaskMessages(world.jobs);
    expect(await times('sam')).toHaveLength(2);
    world.clock.moveTo('2030-06-18T23:00:00Z');
    await pruneTaskMessages(world.jobs);
    expect(await times('sam')).toHaveLength(1);
  });
});
