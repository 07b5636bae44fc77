import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linkHash, startOfChain } from '../../../src/core/audit/audit-chain.ts';
import { exportAudit, UnknownReleaseError } from '../../../src/services/audit/export-audit.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { askGoNoGo } from '../../../src/services/go-no-go/open-poll.ts';
import { tapDatabase } from '../../support/tap-database.ts';
import { identityOf, openWorld, personIdOf, type World } from '../../support/test-services.ts';
import { testTrailKeys } from '../../support/trail-keys.ts';
import { approvedRelease, auditOf, openDecision, planRelease, voteGo } from '../steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await approvedRelease(world);
  await askGoNoGo({ ctx: world.as('nina'), input: { releaseKey: 'none-1.0' } });
});
afterEach(() => world.close());

const verify = () => verifyAudit(world.services.db, world.services.trailKeys);

/** Runs statements as someone with all rights at the server would, the triggers off. */
async function tamper(...statements: string[]): Promise<void> {
  const script = ['begin', 'set local session_replication_role = replica', ...statements, 'commit'];
  await world.services.db.pool.query(script.join('; '));
}

describe('the audit trail', () => {
  it('is intact as the requests wrote it, hashes of the database and of the program alike', async () => {
    const events = await auditOf(world, releaseId);
    expect(await verify()).toMatchObject({ chains: 2, events: events.length + 1, broken: [] });
  });

  it('is intact when many requests append to one chain at the same moment', async () => {
    const pollId = await openDecision(world);
    const people = ['rita', 'emil', 'quinn', 'dana', 'priya', 'sam', 'nina'] as const;
    await Promise.all([...people, ...people].map((person) => voteGo(world, pollId, person)));
    expect((await verify()).broken).toEqual([]);
  });

  it('keeps any text as it is', async () => {
    const pollId = await openDecision(world);
    await voteGo({ ...world, as: (person) => ({ ...world.as(person), actor: odd }) }, pollId, 'rita');
    expect((await verify()).broken).toEqual([]);
    expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({ actorName: odd.name });
  });

  it.each([
    ['updated', `update audit_events set body = '{}'`],
    ['deleted', 'delete from audit_events'],
    ['emptied', 'truncate audit_events'],
  ])('refuses to be %s', async (_what, statement) => {
    await expect(world.query(statement)).rejects.toThrow('audit_events is append-only');
  });
});

const odd = {
  kind: 'person' as const,
  personId: personIdOf('rita'),
  isBackup: false,
  identity: identityOf('rita'),
  name: 'é "quoted" \\ 𝄞 \n <!channel> ‮',
};

describe('verifying', () => {
  const at = (seq: number) => `chain = '${releaseId}' and seq = ${seq}`;
  it.each([
    [
      'a body',
      (seq: number) => [`update audit_events set body = '{"action":"nothing"}' where ${at(seq)}`],
      3,
    ],
    [
      'an actor in a body',
      (seq: number) => [`update audit_events set body = replace(body, 'RITA', 'NINA') where ${at(seq)}`],
      3,
    ],
    ['a hash', (seq: number) => [`update audit_events set hash = repeat('0', 64) where ${at(seq)}`], 3],
    ['a missing event', (seq: number) => [`delete from audit_events where ${at(seq)}`], 3],
    ['the order of two events', swapWithNext, 3],
    ['a missing event, the rest renumbered', dropAndRenumber, 3],
  ] as const)('finds %s', async (_what, statements, seq) => {
    await tamper(...statements(seq));
    expect((await verify()).broken).toEqual([{ chain: releaseId, seq, problem: expect.any(String) }]);
  });

  it('finds that the tail was cut', async () => {
    const { length } = await auditOf(world, releaseId);
    await tamper(`delete from audit_events where ${at(length)}`);
    expect((await verify()).broken).toEqual([
      {
        chain: releaseId,
        seq: length,
        problem: `the chain ends at ${length - 1}, it should end at ${length}`,
      },
    ]);
  });

  it('finds that a whole chain is gone, and one that has no head', async () => {
    await tamper(`delete from audit_events where chain = '${releaseId}'`);
    await tamper(`delete from audit_heads where chain = 'workspace'`);
    expect((await verify()).broken.map(({ chain }) => chain).sort()).toEqual([releaseId, 'workspace'].sort());
  });

  it('finds a chain that is gone with its head, by the release that it was of', async () => {
    await tamper(`delete from audit_events where chain = '${releaseId}'`);
    await tamper(`delete from audit_heads where chain = '${releaseId}'`);
    const problem = 'the trail of release web-2.4.0 is gone';
    expect((await verify()).broken).toEqual([{ chain: releaseId, seq: 1, problem }]);
  });

  it('finds a head that was moved back with its tail', async () => {
    await tamper(`update audit_heads set hash = repeat('a', 64) where chain = '${releaseId}'`);
    expect((await verify()).broken).toMatchObject([{ chain: releaseId }]);
  });

  it('tells of each broken chain, and counts the others as they are', async () => {
    await tamper(`update audit_events set body = '{}' where seq = 1`);
    expect((await verify()).broken).toHaveLength(2);
  });

  describe('a chain of many pages', () => {
    const chain = 'long';
    let place = startOfChain(chain);
    const append = async (count: number) => {
      const links = Array.from({ length: count }, () => {
        const body = '{"action":"test"}';
        const signature = testTrailKeys.signer.signEvent({ chain, body });
        const unhashed = { chain, seq: place.seq + 1, body, prevHash: place.hash, signature };
        const link = { ...unhashed, hash: linkHash(unhashed) };
        place = link;
        return link;
      });
      await world.query(
        `with added as (
           insert into audit_events (chain, seq, body, prev_hash, hash, signature)
           select chain, seq, body, "prevHash", hash, signature from jsonb_to_recordset($1)
             as l(chain text, seq bigint, body text, "prevHash" text, hash text, signature text)
         ) insert into audit_heads (chain, seq, hash) values ($2, $3, $4)
           on conflict (chain) do update set seq = excluded.seq, hash = excluded.hash`,
        [JSON.stringify(links), chain, place.seq, place.hash],
      );
    };
    beforeEach(() => {
      place = startOfChain(chain);
    });

    it.each([999, 1000, 1001, 2000, 2500])(
      'of %i events is intact, read a thousand at a time',
      async (length) => {
        const before = (await verify()).events;
        await append(length);
        const read: number[] = [];
        const noting = tapDatabase(world.services.db, async (_statement, run) => {
          const result = await run();
          read.push(result.rows.length);
          return result;
        });
        expect(await verifyAudit(noting, world.services.trailKeys)).toMatchObject({
          chains: 3,
          events: before + length,
          broken: [],
        });
        expect(Math.max(...read)).toBeLessThanOrEqual(1_000);
      },
    );

    it.each([1000, 1001, 1500, 2000])('that has lost event %i is broken there', async (seq) => {
      await append(2500);
      await tamper(`delete from audit_events where chain = '${chain}' and seq = ${seq}`);
      expect((await verify()).broken).toEqual([{ chain, seq, problem: `event ${seq} is missing` }]);
    });

    it('that has an event before its first is broken', async () => {
      await append(2000);
      await tamper(
        `insert into audit_events (chain, seq, body, prev_hash, hash) values ('${chain}', -1, '{}', '', '')`,
      );
      expect((await verify()).broken).toEqual([{ chain, seq: 1, problem: 'event 1 is missing' }]);
    });

    it('that grows while it is read is intact', async () => {
      await append(1999);
      const busy = tapDatabase(world.services.db, async (_statement, run) => {
        const result = await run();
        if (place.seq < 2003) await append(1);
        return result;
      });
      expect((await verifyAudit(busy, world.services.trailKeys)).broken).toEqual([]);
    });
  });

  it('finds nothing wrong while requests go on', async () => {
    const pollId = await openDecision(world);
    const busy = tapDatabase(world.services.db, async (_statement, run) => {
      const result = await run();
      await voteGo(world, pollId, 'quinn');
      return result;
    });
    expect((await verifyAudit(busy, world.services.trailKeys)).broken).toEqual([]);
  });
});

function swapWithNext(seq: number): string[] {
  const swap = (from: number, to: number) =>
    `update audit_events set seq = ${to} where chain = '${releaseId}' and seq = ${from}`;
  return [swap(seq, 1000), swap(seq + 1, seq), swap(1000, seq + 1)];
}

function dropAndRenumber(seq: number): string[] {
  return [
    `delete from audit_events where chain = '${releaseId}' and seq = ${seq}`,
    `update audit_events set seq = -seq where chain = '${releaseId}' and seq > ${seq}`,
    `update audit_events set seq = -seq - 1 where chain = '${releaseId}' and seq < 0`,
  ];
}

describe('exporting', () => {
  const lines = async (releaseKey: string | null) => {
    const exported = [];
    for await (const line of exportAudit(world.services.db, { releaseKey })) exported.push(JSON.parse(line));
    return exported;
  };

  it('gives every event in its place, with actor, action and hash', async () => {
    const exported = await lines('web-2.4.0');
    expect(exported.map((event) => event.seq)).toEqual(exported.map((_, index) => index + 1));
    expect(exported[0]).toMatchObject({
      chain: releaseId,
      action: 'release.created',
      actor: 'slack:U0RITA',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(exported).toHaveLength((await auditOf(world, releaseId)).length);
  });

  it('gives all chains without a release, none of another with one', async () => {
    const other = await planRelease(world, { release: 'app-1.0' });
    expect(new Set((await lines(null)).map((event) => event.chain))).toEqual(
      new Set([releaseId, other, 'workspace']),
    );
    expect(new Set((await lines('app-1.0')).map((event) => event.chain))).toEqual(new Set([other]));
  });

  it('goes over many pages without loss', async () => {
    await tamper(
      `insert into audit_events (chain, seq, body, prev_hash, hash)
       select 'long', n, '{"action":"test"}', '', '' from generate_series(1, 2500) n`,
    );
    const long = (await lines(null)).filter((event) => event.chain === 'long');
    expect(long.map((event) => event.seq)).toEqual(Array.from({ length: 2500 }, (_, index) => index + 1));
  });

  it('of an unknown release fails', async () => {
    await expect(lines('none-1.0')).rejects.toThrow(UnknownReleaseError);
  });
});
