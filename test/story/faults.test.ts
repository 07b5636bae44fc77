import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/control-api.ts';
import { createControlClient } from '../../sandbox/control-client.ts';
import { createTestDatabase, type TestDatabase } from '../support/services.ts';
import { expectEachDeliveryOnce, expectEachOperationOnce, waitUntilQuiet } from './support/check-records.ts';
import { SandboxProcess } from './support/sandbox-process.ts';
import { stageStory } from './support/stage-story.ts';

const kinds: Fault['kind'][] = [
  'rate-limited',
  'error-before-posting',
  'error-after-posting',
  'drop-after-posting',
  'slow',
];

const databases = new Map<Fault['kind'], TestDatabase>();
beforeAll(async () => {
  for (const kind of kinds) databases.set(kind, await createTestDatabase());
});
afterAll(async () => {
  for (const database of databases.values()) await database.drop();
});

describe.concurrent('every communication comes exactly once, where about one call in seven meets', () => {
  it.each(kinds)('%s', async (kind) => {
    await using sandbox = await SandboxProcess.start({ databaseUrl: databases.get(kind)?.url ?? '' });
    const control = createControlClient(sandbox.url);
    // Private answers are not sent again: nobody waits for them as long.
    const { story } = await stageStory(control, { ending: 'rollback', checkPrivateAnswers: false });
    const amount = kind === 'slow' ? { amount: 700 } : {};
    await control.faults([{ kind, methods: [], times: -1, probability: 0.15, ...amount }]);
    await story.play();
    const { fired } = await control.faults([]);
    expect(fired[kind]).toBeGreaterThanOrEqual(3);
    await waitUntilQuiet(sandbox);
    await story.check();
    await expectEachDeliveryOnce(sandbox);
    await expectEachOperationOnce(sandbox, ['promote', 'promote', 'promote', 'promote', 'rollback']);
  });
});
