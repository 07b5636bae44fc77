import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { sealTrail } from '../../../src/services/audit/seal-trail.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { openWorld } from '../../support/test-services.ts';
import { approvedRelease } from '../steps.ts';
import { rewriteChain, tamper } from './tampering.ts';

type Rows = { body: string; signature: string | null }[];

/** What somebody may do to the events of a chain; `at` and `to` are places in it, from 0. */
const changes: Record<string, (rows: Rows, at: number, to: number) => Rows> = {
  change: (rows, at) => rows.map((row, index) => (index === at ? { ...row, body: `${row.body} ` } : row)),
  drop: (rows, at) => rows.toSpliced(at, 1),
  move: (rows, at, to) => rows.toSpliced(at, 1).toSpliced(to, 0, ...rows.slice(at, at + 1)),
  insert: (rows, at) => rows.toSpliced(at, 0, { body: '{}', signature: rows[at]?.signature ?? null }),
  repeat: (rows, at) => rows.toSpliced(at, 0, ...rows.slice(at, at + 1)),
  unsign: (rows, at) => rows.map((row, index) => (index === at ? { ...row, signature: null } : row)),
  cut: (rows, at) => rows.slice(0, at),
};

it('names whatever is changed, dropped, moved, put in, repeated or cut, with all hashes made to fit', async () => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  const releaseId = await approvedRelease(world);
  await sealTrail(world.services);
  const whole = await world.query<Rows[number]>(
    'select body, signature from audit_events where chain = $1 order by seq',
    [releaseId],
  );
  const place = fc.nat({ max: whole.length - 1 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(changes)), place, place, async (change, at, to) => {
      fc.pre(change !== 'move' || at !== to);
      await rewriteChain(world, releaseId, () => changes[change]?.(whole, at, to) ?? []);
      const { broken } = await verifyAudit(world.services.db, world.services.trailKeys);
      expect(broken).toMatchObject([{ chain: releaseId, problem: expect.any(String) }]);
    }),
    { numRuns: 60 },
  );
  await rewriteChain(world, releaseId, () => whole);
  expect((await verifyAudit(world.services.db, world.services.trailKeys)).broken).toEqual([]);
});

it('names any row of the trail of which a column is changed, and nothing else', async () => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  const releaseId = await approvedRelease(world);
  await sealTrail(world.services);
  const { events } = await verifyAudit(world.services.db, world.services.trailKeys);
  const columns = ['body', 'prev_hash', 'hash', 'signature'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...columns),
      fc.integer({ min: 1, max: events }),
      async (column, seq) => {
        const row = `where chain = '${releaseId}' and seq = ${seq}`;
        const [before] = await world.query<{ text: string }>(
          `select ${column} as text from audit_events ${row}`,
        );
        await tamper(world, `update audit_events set ${column} = ${column} || ' ' ${row}`);
        const { broken } = await verifyAudit(world.services.db, world.services.trailKeys);
        expect(broken).toMatchObject([{ chain: releaseId, seq }]);
        await tamper(
          world,
          `update audit_events set ${column} = '${before?.text.replaceAll("'", "''")}' ${row}`,
        );
      },
    ),
    { numRuns: 30 },
  );
});
