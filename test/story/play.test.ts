import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createControlClient } from '../../sandbox/control-client.ts';
import { startCli } from './support/cli.ts';

// Apart from those below: each really measures the demo's response time, which more of them at once would raise.
describe.concurrent('tminus sandbox --play', () => {
  it('plays the release that is rolled back, and exits with 0', async () => {
    const play = startCli(['sandbox', '--play']);
    expect(await play.exit(), play.said()).toBe(0);
    expectInOrder(play.said(), [
      '#release-deployment\n    web-2.4.0 is planned',
      'web-2.4.0: readiness review',
      'Quinn Abara → votes no-go: Two regression tests are still red',
      '    web-2.4.0: readiness check passed',
      'Ines Duarte → clicks Go without having a vote',
      '    web-2.4.0: GO\n',
      'Ines Duarte → /promote web-2.4.0',
      '    only to Ines Duarte:',
      '    web-2.4.0: started with 1 %',
      '    • The soak is not over: 1 hour to go.',
      '    web-2.4.0: promoted to 10 %',
      '    web-2.4.0: promoted to 50 %',
      'Error rate is',
      '    web-2.4.0: at 100 %, live for everyone',
      'Emil Novak → /rollback web-2.4.0, and confirms: A third of the checkouts fail with status 500',
      '    web-2.4.0: rolled back.',
      'web-2.4.0: rolled back, 7 days after go-live',
      'The story went as planned: web-2.4.0 from T-14 to T+7.',
    ]);
  });

  it('plays the release that stays, and exits with 0', async () => {
    const play = startCli(['sandbox', '--play', '--story', 'success']);
    expect(await play.exit(), play.said()).toBe(0);
    expectInOrder(play.said(), [
      '    web-2.4.0: at 100 %, live for everyone',
      'The story went as planned: web-2.4.0 from T-14 to T+7.',
    ]);
    expect(play.said()).not.toContain('web-2.4.0: rolled back');
  });
});

describe.concurrent('tminus sandbox --play, when it does not go as planned', () => {
  it('exits with 1 and names the difference when a message does not come', async () => {
    const play = startCli(['sandbox', '--play', '--timeout', '8']);
    const [, url = ''] = await play.says(/Playing at (\S+),/);
    const control = createControlClient(url);
    await control.faults([{ kind: 'error-before-posting', methods: ['chat.postMessage'], times: -1 }]);
    expect(await play.exit()).toBe(1);
    expect(play.said()).toMatch(/NOT AS PLANNED\. This did not come: "web-2\.4\.0 .+ in #\S+/);
    await expectRecordsKept(play.said());
  });

  it('exits with 1 and shows plan and channel when there is something else in it', async () => {
    const play = startCli(['sandbox', '--play', '--timeout', '8']);
    const [, url = ''] = await play.says(/Playing at (\S+),/);
    await play.says(/Ready\? Web shop 2\.4\.0/);
    // Somebody closes the readiness check while the votes come in.
    const control = createControlClient(url);
    const card = (await control.messages('C0RELEASE')).find(({ text }) => text.includes('readiness check,'));
    if (!card) throw new Error('there is no card of the readiness check');
    await control.click({
      person: 'U0RITA',
      actionId: 'close-poll',
      on: { channel: card.channel, ts: card.ts },
    });
    expect(await play.exit()).toBe(1);
    expect(play.said()).toContain('NOT AS PLANNED. ');
    await expectRecordsKept(play.said());
  });
});

/** Removes them then. */
async function expectRecordsKept(transcript: string): Promise<void> {
  const [, folder = ''] = /what was said in the workspace are in (\S+)/.exec(transcript) ?? [];
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['bot.log', 'workspace.jsonl']));
  expect(await readdir(path.dirname(folder))).not.toContain('postgres');
  await rm(path.dirname(folder), { recursive: true });
}

function expectInOrder(transcript: string, lines: string[]): void {
  let from = 0;
  for (const line of lines) {
    const at = transcript.indexOf(line, from);
    expect(at, `"${line}" after character ${from} of:\n${transcript}`).toBeGreaterThanOrEqual(0);
    from = at + line.length;
  }
}
