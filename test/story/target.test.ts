import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Message } from '../../sandbox/control-api.ts';
import { type ControlClient, createControlClient, wasTaken } from '../../sandbox/control-client.ts';
import { importPlan } from '../../sandbox/example-release.ts';
import { blocksToText } from '../../sandbox/story/plain-text.ts';
import { goLiveInstant } from '../../src/core/schedule/resolve-schedule-time.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/services.ts';
import { expectAuditIntact, withDatabase } from './support/check-records.ts';
import { SandboxProcess } from './support/sandbox-process.ts';
import { loadQuickPlan } from './support/stage-story.ts';

const channel = 'C0RELEASE';
const voters = ['U0RITA', 'U0EMIL', 'U0QUINN', 'U0DANA', 'U0PRIYA', 'U0SAM'];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('tells the truth about promotions that the target refuses, ignores or answers late', async () => {
  await using sandbox = await SandboxProcess.start({ databaseUrl: database.url });
  const control = createControlClient(sandbox.url);
  await approve(control);

  await control.changeDemo({ adminFault: { kind: 'not-taken' } });
  await promote(control);
  await told(
    control,
    /web-2\.4\.0: promotion to 1 % not confirmed\. The command was accepted, but the live system shows 0 % on the new version\./,
  );
  await told(
    control,
    /Web shop 2\.4\.0 · ready to start[\s\S]+promotion to 1 % .+ did not take effect in time/,
  );

  await control.changeDemo({ adminFault: { kind: 'refuse' } });
  await promote(control);
  await told(
    control,
    /promotion to 1 % failed\. .+takes no commands now\. The live system shows 0 % on the new version\./,
  );
  expect((await control.demo()).weight).toBe(0);

  // It is done at once, the answer comes after the driver's timeout.
  await control.changeDemo({ adminFault: { kind: 'slow', delayMs: 5_000 } });
  await promote(control);
  await eventually(async () => expect((await control.demo()).weight).toBe(1));
  await told(control, /web-2\.4\.0: promoting from 0 % to 1 %/);
  expect((await postsOf(control)).filter((text) => /promoted to/.test(text))).toEqual([]);
  await control.changeDemo({ adminFault: null });
  await told(
    control,
    /web-2\.4\.0: started with 1 %\. .+The live system shows 1 % of traffic on the new version\./,
  );
  await told(control, /web-2\.4\.0: 1 % of traffic/);

  const states = await withDatabase(sandbox, async (client) => {
    const { rows } = await client.query<{ state: string }>(
      'select state from operations order by requested_wall',
    );
    return rows.map(({ state }) => state);
  });
  expect(states).toEqual(['not_taken', 'failed', 'succeeded']);
  await expectAuditIntact(sandbox);
});

/** A go decision asked for, voted and closed by hand; then go-live. */
async function approve(control: ControlClient): Promise<void> {
  const example = await loadQuickPlan((await control.clock()).nowMs);
  await importPlan(control, example);
  await type(control, 'U0RITA', '/release', 'go-no-go web-2.4.0');
  const [form] = await control.views('U0RITA');
  await control.submit({ person: 'U0RITA', viewId: form?.id ?? '', values: {} });
  const card = await told(control, /go\/no-go, 0 of 6 voted/);
  const on = { channel, ts: card.ts };
  for (const person of voters) await control.click({ person, actionId: 'vote-go', on });
  await control.click({ person: 'U0RITA', actionId: 'close-poll', on });
  await told(control, /web-2\.4\.0 is approved/);
  await control.jump(new Date(goLiveInstant(example.plan)).toISOString());
  await told(control, /ready to start/);
}

async function promote(control: ControlClient): Promise<void> {
  const answer = await type(control, 'U0DANA', '/promote', 'web-2.4.0 --yes');
  expect(answer).toContain('promotion from 0 % to 1 % has started');
}

async function type(control: ControlClient, person: string, command: string, text: string): Promise<string> {
  const result = await control.command({ person, channel, command, text });
  expect(wasTaken(result)).toBe(true);
  return result.message?.text ?? '';
}

/** Waits for a message of the channel that says this, in its text or its blocks. */
async function told(control: ControlClient, words: RegExp): Promise<Message> {
  let found: Message | undefined;
  await eventually(async () => {
    const messages = await control.messages(channel);
    found = messages.find((message) => words.test(message.text) || words.test(textOf(message)));
    if (!found) throw new Error(`${words} is not among:\n${messages.map(textOf).join('\n')}`);
  }, 60_000);
  if (!found) throw new Error('unreachable: eventually has thrown');
  return found;
}

async function postsOf(control: ControlClient): Promise<string[]> {
  return (await control.messages(channel)).map(textOf);
}

function textOf({ blocks, text }: Message): string {
  return blocksToText(blocks ?? []) || text;
}
