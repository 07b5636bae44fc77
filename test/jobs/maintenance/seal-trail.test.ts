import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readCheckpoint } from '../../../src/core/audit/checkpoint.ts';
import { lastCheckpoint } from '../../../src/db/queries/checkpoints.ts';
import type { JobServices } from '../../../src/jobs/job-services.ts';
import { createTrailSealing } from '../../../src/jobs/maintenance/seal-trail.ts';
import { createTrailWitness } from '../../../src/jobs/maintenance/trail-witness.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { tamper } from '../../services/audit/tampering.ts';
import { planRelease } from '../../services/steps.ts';
import { openWorld, type World } from '../../support/test-services.ts';

let world: World;
let dataDir: string;
let jobs: JobServices;
const error = vi.fn();

beforeEach(async () => {
  world = await openWorld();
  dataDir = await mkdtemp(path.join(tmpdir(), 'tminus-seal-'));
  error.mockClear();
  jobs = { ...world.jobs, witness: createTrailWitness(dataDir), log: { ...silentLog, error } };
});
afterEach(() => Promise.all([world.close(), rm(dataDir, { recursive: true })]));

const last = () => lastCheckpoint(world.services.db);

it('signs where the chains end, every five seconds in which something was appended', async () => {
  const seal = createTrailSealing();
  const releaseId = await planRelease(world);
  await seal(jobs);
  const first = await last();
  expect(first && readCheckpoint(first)).toMatchObject({
    seq: 2,
    chains: 1,
    heads: { [releaseId]: [expect.any(Number), expect.any(String)] },
  });
  await planRelease(world, { release: 'app-1.0' });
  world.wall.now += 4_999;
  await seal(jobs);
  expect(await last()).toEqual(first);
  world.wall.now += 1;
  await seal(jobs);
  expect((await last())?.seq).toBe(3);
  world.wall.now += 5_000;
  await seal(jobs);
  expect((await last())?.seq).toBe(3);
});

it('does so once more as the process stops', async () => {
  const seal = createTrailSealing();
  await seal(jobs);
  await planRelease(world);
  await seal({ ...jobs, stopping: AbortSignal.abort() });
  expect((await last())?.seq).toBe(2);
});

it('is done by one of several processes at the same moment', async () => {
  await planRelease(world);
  await Promise.all(Array.from({ length: 6 }, () => createTrailSealing()(jobs)));
  expect((await last())?.seq).toBe(2);
});

it('keeps the last one outside the database, and says once when it is no longer there', async () => {
  await planRelease(world);
  await createTrailSealing()(jobs);
  const kept = await jobs.witness.latest();
  expect(kept).toEqual(await last());
  await tamper(world, 'delete from audit_checkpoints where seq > 1', 'update audit_heads set sealed_seq = 0');
  // Another process, which knows it by the file alone.
  const seal = createTrailSealing();
  await seal(jobs);
  world.wall.now += 5_000;
  await seal(jobs);
  expect(error).toHaveBeenCalledExactlyOnceWith(
    { security: 'audit-checkpoint-missing', checkpoint: 2 },
    expect.stringContaining('tminus audit verify'),
  );
  expect(await jobs.witness.latest()).toEqual(kept);
});
