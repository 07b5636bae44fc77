import pg from 'pg';
import { expect, it } from 'vitest';
import type { ActionResult } from '../../sandbox/control-api.ts';
import { createControlClient } from '../../sandbox/control-client.ts';
import { wordsOf } from '../../sandbox/story/plain-text.ts';
import type { Stage } from '../../sandbox/story/stage.ts';
import { deriveSchedule } from '../../src/core/schedule/derive-schedule.ts';
import { eventually } from '../support/eventually.ts';
import { withDatabase } from './support/check-records.ts';
import { SandboxProcess } from './support/sandbox-process.ts';
import { loadQuickPlan, stageStory } from './support/stage-story.ts';

/** What takes over a request waits until the lease of the process before is over. Milliseconds. */
const withinMs = 60_000;

/** Locks all releases while somebody acts, as if the database were slow, and kills the bot before it is done. */
async function killWhileWorking(
  sandbox: SandboxProcess,
  {
    acts,
    beforeKill,
  }: { acts: () => Promise<ActionResult>[]; beforeKill: (client: pg.Client) => Promise<void> },
): Promise<void> {
  const locking = new pg.Client({ connectionString: await sandbox.databaseUrl() });
  await locking.connect();
  try {
    await locking.query('begin');
    await locking.query('select from releases for update');
    const acting = acts();
    await withDatabase(sandbox, async (client) => {
      await eventually(async () => {
        const { rows } = await client.query('select 1 from late_requests');
        expect(rows).toHaveLength(acting.length);
      }, withinMs);
      // "Working on it…", or on a slow machine too late for that: either way they are kept.
      await Promise.all(acting);
      await beforeKill(client);
    });
    await createControlClient(sandbox.url).killBot();
  } finally {
    await locking.end();
  }
}

const chatOf = async (stage: Stage, handle: string) => (await stage.directPosts(handle)).map(wordsOf);
const isDone = (words: string) => words.startsWith('Done.');

it('after a restart, late clicks and forms in Teams are answered with what came of them', async () => {
  await using sandbox = await SandboxProcess.start({ platforms: ['teams'] });
  const control = createControlClient(sandbox.url, 'teams');
  const { stage } = await stageStory(control, { ending: 'rollback' });
  const { plan } = await loadQuickPlan((await control.clock()).nowMs);
  const poll = deriveSchedule(plan).find(({ kind }) => kind === 'poll');
  await stage.moveTo(poll?.dueAt ?? 0);

  const ballotOf = (handle: string) =>
    stage.see(`a ballot for ${handle}`, async () =>
      (await stage.directPosts(handle)).find((message) =>
        JSON.stringify(message.attachments).includes('vote-go'),
      ),
    );
  const click = async (handle: string, actionId: string) => {
    const { channel, ts } = await ballotOf(handle);
    return { person: stage.person(handle).id, on: { channel, ts }, actionId };
  };
  const [going, tooLate] = [await click('emil', 'vote-go'), await click('dana', 'vote-go')];
  await control.click(await click('quinn', 'vote-no-go'));
  const [view] = await control.views(stage.person('quinn').id);
  const values = { reason: { text: 'Two tests are red.' } };
  const objecting = { person: stage.person('quinn').id, viewId: view?.id ?? '', values };

  await killWhileWorking(sandbox, {
    acts: () => [control.click(going), control.click(tooLate), control.submit(objecting)],
    beforeKill: async (client) => {
      // Dana's is found by a process that starts much later.
      const { rowCount } = await client.query(
        `update late_requests set received_at = received_at - interval '31 minutes' where payload like $1`,
        [`%${stage.person('dana').id}%`],
      );
      expect(rowCount).toBe(1);
    },
  });

  await eventually(async () => {
    for (const handle of ['emil', 'quinn']) {
      expect((await chatOf(stage, handle)).filter(isDone), handle).toHaveLength(1);
    }
    const toDana = await chatOf(stage, 'dana');
    expect(toDana.some((words) => words.includes('may or may not have been done: check before'))).toBe(true);
  }, withinMs);
  await withDatabase(sandbox, async (client) => {
    const { rows } = await client.query('select role, choice from votes order by role');
    expect(rows).toEqual([
      { role: 'engineering_lead', choice: 'go' },
      { role: 'qa_lead', choice: 'no_go' },
    ]);
    await eventually(async () =>
      expect((await client.query('select 1 from late_requests')).rows).toEqual([]),
    );
  });
  const card = await stage.see('the votes on the card', async () =>
    (await stage.posts('#release-deployment')).find((message) => /Two tests are red/.test(wordsOf(message))),
  );
  expect(wordsOf(card)).toContain('2 of');
});
