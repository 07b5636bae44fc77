import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readAnchorLines } from '../../../src/core/audit/anchor.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { cardText } from '../../../src/core/template/card-text.ts';
import type { AnchorSettings, JobServices } from '../../../src/jobs/job-services.ts';
import { createTrailAnchoring } from '../../../src/jobs/maintenance/anchor-trail.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { sealTrail } from '../../../src/services/audit/seal-trail.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { rewriteChain, tamper } from '../../services/audit/tampering.ts';
import { actionsOf, planRelease } from '../../services/steps.ts';
import { openWorld, type World } from '../../support/test-services.ts';

const everyMs = 86_400_000;
const error = vi.fn();

let world: World;
let dir: string;
let file: string;
beforeEach(async () => {
  world = await openWorld();
  dir = await mkdtemp(path.join(tmpdir(), 'tminus-anchor-'));
  file = path.join(dir, 'kept', 'anchors.jsonl');
  error.mockClear();
});
afterEach(() => Promise.all([world.close(), rm(dir, { recursive: true })]));

/** A process that anchors; each has its own. */
function anchoring(anchors: Partial<AnchorSettings> | null): () => Promise<void> {
  const anchor = createTrailAnchoring();
  const settings = {
    ...world.jobs.settings,
    anchors: anchors && { everyMs, channel: null, file: null, ...anchors },
  };
  const jobs: JobServices = { ...world.jobs, settings, log: { ...silentLog, error } };
  return () => anchor(jobs);
}

async function sealed(key: string): Promise<string> {
  const id = await planRelease(world, { release: key });
  await sealTrail(world.services);
  return id;
}

const posted = () =>
  world.query<{ content: Card; destination: string }>(
    `select content, destination from deliveries where subject = 'audit-anchor' order by seq`,
  );

it('posts one in each interval also after one of a clock that was ahead', async () => {
  const anchor = anchoring({ channel: '#release-deployment' });
  await sealed('web-2.4.0');
  world.wall.now += 3 * everyMs;
  await anchor();
  world.wall.now -= 3 * everyMs;
  for (let minute = 1; minute <= 3; minute++) {
    await sealed(`web-2.4.${minute}`);
    world.wall.now += 60_000;
    await anchor();
  }
  expect(await posted()).toHaveLength(2);
});

it('posts the latest checkpoint once in each interval, whatever the number of processes', async () => {
  const processes = [1, 2, 3].map(() => anchoring({ channel: '#release-deployment' }));
  const look = () => Promise.all(processes.map((anchor) => anchor()));
  const releaseId = await sealed('web-2.4.0');
  await look();
  expect(await posted()).toHaveLength(1);
  world.wall.now += everyMs - 60_000;
  await sealTrail(world.services);
  await look();
  expect(await posted()).toHaveLength(1);
  world.wall.now += 60_000;
  await look();
  const messages = await posted();
  expect(messages).toHaveLength(2);
  expect((await actionsOf(world, 'workspace')).filter((action) => action === 'trail.anchored')).toHaveLength(
    2,
  );
  expect(error).not.toHaveBeenCalled();

  // What stands in the channel is what verify takes, and it finds what the database alone would hide.
  const anchors = readAnchorLines(messages.map(({ content }) => cardText(content)).join('\n'));
  const verify = async () =>
    (await verifyAudit(world.services.db, { ...world.services.trailKeys, anchors })).broken;
  expect(await verify()).toEqual([]);
  await rewriteChain(world, releaseId, (rows) => rows.slice(0, 1));
  await tamper(world, 'delete from audit_checkpoints where seq > 1', 'update audit_heads set sealed_seq = 0');
  expect(await verify()).toContainEqual({
    chain: 'checkpoints',
    seq: anchors[0]?.seq,
    problem: `checkpoint ${anchors[0]?.seq}, which was anchored outside the database, is gone: the trail was restored to an earlier state or rewritten`,
  });
});

it('appends to a file what verify takes, each checkpoint once, and changes nothing that is there', async () => {
  const anchor = anchoring({ file });
  await sealed('web-2.4.0');
  await anchor();
  const before = await readFile(file, 'utf8');
  expect(readAnchorLines(before)).toHaveLength(1);
  world.wall.now += everyMs;
  await anchor();
  expect(await readFile(file, 'utf8')).toBe(before);
  world.wall.now += everyMs;
  await sealed('web-2.5.0');
  await anchor();
  // Another process with the same file has nothing to add.
  await anchoring({ file })();
  const after = await readFile(file, 'utf8');
  expect(after.startsWith(before)).toBe(true);
  const anchors = readAnchorLines(after);
  expect(anchors).toHaveLength(2);
  expect((await verifyAudit(world.services.db, { ...world.services.trailKeys, anchors })).broken).toEqual([]);
});

it('says why it can’t anchor, and tries again in a minute', async () => {
  await sealed('web-2.4.0');
  await writeFile(path.join(dir, 'kept'), 'a file where the folder should be');
  const anchor = anchoring({ file, channel: '#nowhere' });
  await anchor();
  await anchor();
  expect(error.mock.calls.map(([{ place }]) => place)).toEqual([file, '#nowhere']);
  expect(error.mock.calls[1]?.[0]).toMatchObject({
    security: 'audit-anchor-failed',
    reason: 'There is no channel #nowhere that I can see; create it or invite me.',
  });
  await rm(path.join(dir, 'kept'));
  world.wall.now += 60_000;
  await anchor();
  expect(readAnchorLines(await readFile(file, 'utf8'))).toHaveLength(1);
});

it('anchors nowhere unless the configuration says so', async () => {
  await sealed('web-2.4.0');
  await anchoring(null)();
  expect(await posted()).toEqual([]);
});
