import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redactByOperator } from '../../../src/cli/redact-by-operator.ts';
import { redactPeople } from '../../../src/jobs/maintenance/redact-people.ts';
import { exportAudit } from '../../../src/services/audit/export-audit.ts';
import { redactPerson } from '../../../src/services/audit/redact/redact-person.ts';
import { redactText } from '../../../src/services/audit/redact/redact-text.ts';
import { sealTrail } from '../../../src/services/audit/seal-trail.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { addMessage } from '../../../src/services/evidence/add-message.ts';
import type { Ctx } from '../../../src/services/kernel/context.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { goLive, openWorld, personIdOf, type World } from '../../support/test-services.ts';
import { writtenMessage } from '../evidence/written-message.ts';
import { accepted, approvedRelease, inWords, promoteAndConfirm, runToTheEnd } from '../steps.ts';
import { tamper } from './tampering.ts';

let world: World;
let releaseId: string;
const reason = 'Erasure request of 2 May';
const said = 'As Dana Fischer told me on the phone, the lift is broken.';

beforeEach(async () => {
  world = await openWorld();
  releaseId = await approvedRelease(world);
  world.clock.moveTo(goLive);
  await promoteAndConfirm(world, releaseId);
  await runToTheEnd(world, releaseId);
  accepted(await addMessage({ ctx: world.as('rita'), input: { ...writtenMessage(), text: said } }));
  await sealTrail(world.services);
});
afterEach(() => world.close());

const operator = (): Ctx => ({ ...world.services, actor: { kind: 'operator', name: 'root' } });
const verify = () => verifyAudit(world.services.db, world.services.trailKeys);
const broken = async () =>
  (await verify()).broken.map(({ chain, seq, problem }) =>
    chain === releaseId ? `${seq}: ${problem}` : `${chain}: ${problem}`,
  );
const removeDana = () => redactPerson({ ctx: operator(), input: { personId: personIdOf('dana'), reason } });

async function rollBack(): Promise<void> {
  accepted(
    await rollBackRollout({ ctx: world.as('dana'), input: { releaseKey: null, reason: 'Orders fail.' } }),
  );
  await runToTheEnd(world, releaseId);
}

/** The tables that have a text somewhere. */
async function findAnywhere(text: string): Promise<string[]> {
  const tables = await world.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await world.query(`select 1 from "${name}" as t where t::text ilike $1 limit 1`, [
      `%${text}%`,
    ]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

describe('a person', () => {
  it('leaves no trace by which to recognize them, and the trail stays intact', async () => {
    await rollBack();
    await sealTrail(world.services);
    for (const trace of ['Dana Fischer', 'dana@example.com', 'U0DANA'])
      expect(await findAnywhere(trace), trace).not.toEqual([]);
    const before = await verify();
    expect(before).toMatchObject({ broken: [], redacted: 0 });

    const { events, rows } = accepted(await removeDana());

    expect(events).toBeGreaterThan(5);
    expect(rows).toBeGreaterThan(5);
    for (const trace of ['Dana Fischer', 'dana@example.com', 'U0DANA'])
      expect(await findAnywhere(trace), trace).toEqual([]);
    expect(await verify()).toMatchObject({ broken: [], redacted: events, events: before.events + 2 });
  });

  it('is one person still: what they did has one name', async () => {
    await rollBack();
    accepted(await removeDana());
    const names = await world.query<{ name: string }>(
      `select distinct person_name as name from votes where role = 'devops_lead'`,
    );
    expect(names).toEqual([{ name: expect.stringMatching(/^Removed person [0-9a-f]{8}$/) }]);
    const lines = [];
    for await (const line of exportAudit(world.services.db, { releaseKey: null }))
      lines.push(JSON.parse(line));
    const redacted = lines.filter((line) => line.redaction);
    expect(redacted.length).toBeGreaterThan(5);
    expect(redacted.every(({ signature }) => signature === null)).toBe(true);
    const [event] = lines.filter(({ action, chain }) => action === 'trail.redacted' && chain === releaseId);
    expect(event).toMatchObject({
      actor: 'operator:root',
      details: {
        what: names[0]?.name,
        reason,
        records: redacted.filter(({ chain }) => chain === releaseId).map(({ seq }) => seq),
      },
    });
  });

  it('keeps their data while they have a role in a release under way', async () => {
    expect(inWords(await removeDana())).toMatchObject({
      refusal: {
        code: 'wrong-state',
        message: expect.stringContaining('Give it to somebody else first: "release reassign"'),
      },
    });
    expect(await verify()).toMatchObject({ broken: [], redacted: 0 });
  });

  it('is removed once, and not by people', async () => {
    await rollBack();
    expect(
      inWords(await redactPerson({ ctx: world.as('rita'), input: { personId: personIdOf('dana'), reason } })),
    ).toMatchObject({
      refusal: { code: 'not-permitted', message: expect.stringContaining('tminus audit redact') },
    });
    accepted(await removeDana());
    expect(inWords(await removeDana())).toMatchObject({ refusal: { code: 'wrong-state' } });
  });

  it('is not named by the reason', async () => {
    await rollBack();
    const input = { personId: personIdOf('dana'), reason: 'Dana Fischer asked for it' };
    expect(inWords(await redactPerson({ ctx: operator(), input }))).toMatchObject({
      refusal: { code: 'invalid', field: 'reason' },
    });
    expect(await findAnywhere('Dana Fischer')).not.toEqual([]);
  });

  it('goes after the retention, once their accounts are deactivated for as long', async () => {
    await rollBack();
    await world.query(`update identities set unreachable_since = $1 where platform_id = 'U0DANA'`, [
      new Date(goLive),
    ]);
    world.clock.moveTo('2032-06-10T08:00:00.000Z');
    expect(await redactPeople(world.jobs)).toBe(0);
    world.clock.moveTo('2032-06-18T09:00:00.000Z');
    expect(await redactPeople(world.jobs)).toBe(1);
    expect(await findAnywhere('dana@example.com')).toEqual([]);
    expect(await redactPeople(world.jobs)).toBe(0);
    expect(await broken()).toEqual([]);
  });
});

describe('a text', () => {
  it('is gone from the record and from the trail, and the rest stays', async () => {
    accepted(
      await redactText({ ctx: operator(), input: { text: 'Dana Fischer told me on the phone', reason } }),
    );
    expect(await findAnywhere('told me on the phone')).toEqual([]);
    expect(await world.query('select text from evidence')).toEqual([
      { text: 'As [removed], the lift is broken.' },
    ]);
    expect(await broken()).toEqual([]);
  });

  it('can be removed from an event that is redacted already', async () => {
    await rollBack();
    accepted(await removeDana());
    accepted(await redactText({ ctx: operator(), input: { text: 'the lift is broken', reason } }));
    expect(await world.query('select text from evidence')).toEqual([
      { text: expect.stringMatching(/^As Removed person \w+ told me on the phone, \[removed\]\.$/) },
    ]);
    expect(await broken()).toEqual([]);
  });

  it.each(['approved', 'short'])('is no single word: %s', async (text) => {
    expect(await redactText({ ctx: operator(), input: { text, reason } })).toMatchObject({
      refusal: { code: 'invalid' },
    });
  });
});

describe('what was changed is found as before', () => {
  const redacted = `chain = '${'#'}' and redaction is not null`;
  const of = (rest: string) => redacted.replace('#', releaseId) + rest;

  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'a redacted body',
      () =>
        tamper(world, `update audit_events set body = replace(body, 'removed', 'praised') where ${of('')}`),
      /\d+: it does not bear the signature of tminus/,
    ],
    [
      'a redaction made up',
      () =>
        tamper(
          world,
          `update audit_events set body = '{}', signature = null, redaction = 'x' where chain = '${releaseId}' and seq = 2`,
        ),
      /^2: it does not bear the signature of tminus/,
    ],
    [
      'a redaction moved to another event',
      () =>
        tamper(
          world,
          `update audit_events e set body = r.body, redaction = r.redaction, signature = null
             from audit_events r where r.chain = e.chain and e.chain = '${releaseId}' and e.seq = 2 and r.redaction is not null`,
        ),
      /^2: it does not bear the signature of tminus/,
    ],
    [
      'the hash of a redacted event',
      () => tamper(world, `update audit_events set hash = repeat('a', 64) where ${of('')}`),
      /\d+: it does not bear the signature of tminus/,
    ],
    [
      'a redacted event put in again as it was',
      () =>
        world.query('select append_audit_events(array[$1], array[$2], array[$3])', [
          releaseId,
          original.body,
          original.signature,
        ]),
      /^\d+: it repeats an earlier event, with its signature/,
    ],
    [
      'the text in the record',
      () => tamper(world, `update evidence set text = 'All is well.'`),
      /\d+: the message in the record \S+: text is "All is well."/,
    ],
  ])('%s', async (_what, run, named) => {
    accepted(await redactText({ ctx: operator(), input: { text: 'told me on the phone', reason } }));
    await sealTrail(world.services);
    expect(await broken()).toEqual([]);
    await run();
    expect((await broken()).join('\n')).toMatch(named);
  });

  let original: { body: string; signature: string | null };
  beforeEach(async () => {
    const [event] = await world.query<typeof original>(
      `select body, signature from audit_events where body like '%told me on the phone%'`,
    );
    if (!event) throw new Error('there is an event with the text');
    original = event;
  });
});

it('leaves what is append-only to nobody else', async () => {
  const change = (text: string) => world.query(text);
  await expect(change(`update audit_events set body = '{}'`)).rejects.toThrow('append-only');
  await expect(change(`update audit_events set body = '{}', redaction = 'x'`)).rejects.toThrow('append-only');
  await expect(change(`update evidence set text = ''`)).rejects.toThrow('append-only');
  await expect(change(`update decisions set outcome = 'go'`)).rejects.toThrow('append-only');
});

describe('at the command line', () => {
  const ask = (options: Partial<Parameters<typeof redactByOperator>[1]>) =>
    redactByOperator(world.services, {
      person: null,
      text: null,
      reason: null,
      operator: 'root',
      ...options,
    });

  it('says first what would be removed', async () => {
    const { ok, lines } = await ask({ person: 'Dana@example.com' });
    expect(ok).toBe(true);
    expect(lines[0]).toContain('"Dana Fischer"');
    expect(lines[1]).toMatch(
      /^It stands in \d+ records of the audit trail and \d+ rows of other tables\. Nothing was changed/,
    );
    expect(await verify()).toMatchObject({ redacted: 0 });
  });

  it('removes it, with a reason', async () => {
    await rollBack();
    expect(await ask({ person: 'slack:U0DANA', reason })).toMatchObject({
      ok: true,
      lines: [expect.stringMatching(/^Removed from \d+ records of the audit trail/)],
    });
    expect(await findAnywhere('Dana Fischer')).toEqual([]);
  });

  it('says who is not there, and what is no text', async () => {
    expect(await ask({ person: 'eve@example.com' })).toMatchObject({
      ok: false,
      lines: [expect.stringContaining('nobody here has the e-mail address or the account eve@example.com')],
    });
    expect(await ask({ text: 'go' })).toMatchObject({
      ok: false,
      lines: [expect.stringContaining('at least 8')],
    });
    expect(await ask({ text: 'never said', reason })).toMatchObject({
      ok: false,
      lines: [expect.stringContaining('stands nowhere')],
    });
  });
});
