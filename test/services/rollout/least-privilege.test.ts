import { expect, it, onTestFinished } from 'vitest';
import { migrateDatabase } from '../../../src/db/migrate.ts';
import { openDatabase } from '../../../src/db/open-database.ts';
import { pruneInbox } from '../../../src/jobs/maintenance/prune-inbox.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { sealTrail } from '../../../src/services/audit/seal-trail.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { createRole } from '../../db/create-role.ts';
import { createTestDatabase } from '../../support/services.ts';
import { openWorld } from '../../support/test-services.ts';
import { accepted, actionsOf, releaseAtOnePercent, runToTheEnd } from '../steps.ts';

it('plans, votes, promotes and rolls back as a role that can change neither the audit trail nor the schema', async () => {
  const database = await createTestDatabase();
  const { role, url } = await createRole(database);
  await migrateDatabase({ url: database.url, grantTo: role });
  await migrateDatabase({ url });
  const world = await openWorld(await openDatabase({ url, max: 5, log: silentLog }));
  onTestFinished(() => world.close());

  const releaseId = await releaseAtOnePercent(world);
  const rollback = { ctx: world.as('emil'), input: { releaseKey: null, reason: 'Errors at checkout.' } };
  accepted(await rollBackRollout(rollback));
  await runToTheEnd(world, releaseId);
  await pruneInbox(world.jobs);
  await sealTrail(world.services);
  expect((await verifyAudit(world.services.db, world.services.trailKeys)).broken).toEqual([]);
  expect(await actionsOf(world, releaseId)).toEqual(
    expect.arrayContaining(['release.created', 'vote.cast', 'operation.rollback.succeeded']),
  );

  for (const statement of [
    `UPDATE audit_events SET body = ''`,
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    `INSERT INTO audit_events VALUES ('workspace', 999, '', '', '')`,
    `UPDATE audit_heads SET hash = ''`,
    'DELETE FROM audit_heads',
    'TRUNCATE audit_heads',
    `INSERT INTO audit_heads VALUES ('workspace', 999, '')`,
    'ALTER TABLE audit_events DISABLE TRIGGER ALL',
    `UPDATE audit_checkpoints SET body = ''`,
    'DELETE FROM audit_checkpoints',
    'TRUNCATE audit_checkpoints',
    `INSERT INTO audit_checkpoints VALUES (999, '', '', '')`,
    'DROP FUNCTION append_audit_events',
    'CREATE TABLE public.mine ()',
    'CREATE SCHEMA mine',
    'DELETE FROM drizzle.__drizzle_migrations',
  ])
    await expect(world.query(statement), statement).rejects.toThrow(/permission denied|must be owner/);
});
