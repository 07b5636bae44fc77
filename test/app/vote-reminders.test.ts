import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Message } from '../../sandbox/control-api.ts';
import { eventually } from '../support/eventually.ts';
import {
  click,
  everythingShown,
  letHoursPass,
  openPoll,
  planRelease,
  posts,
  quinn,
  rita,
  seePost,
  voters,
  wordsOf,
} from './scene.ts';
import { startTestApp, type TestApp } from './start-test-app.ts';

const key = 'web-2.4.0';
let app: TestApp;
let poll: Message;
beforeAll(async () => {
  app = await startTestApp('socket');
  poll = await openPoll(app, await planRelease(app, { key }));
  for (const voter of voters.filter((each) => each !== quinn)) {
    await click(app, voter, 'vote-go', { channel: poll.channel, ts: poll.ts });
  }
}, 60_000);
afterAll(() => app.stop());

const reminders = async (person: string) =>
  (await app.control.messages(await app.control.direct(person))).filter(({ text }) =>
    /still missing/.test(text),
  );

it('reminds only who has not voted, by direct message, and takes the vote there', async () => {
  await letHoursPass(app, 0.5);
  const reminder = await eventually(async () => {
    const [first] = await reminders(quinn);
    if (!first) throw new Error('there is no reminder');
    return first;
  });
  expect(wordsOf(reminder)).toContain(
    `@${quinn}, your vote as QA Lead is still missing in the go/no-go of Web shop 2.4.0.`,
  );
  expect(wordsOf(reminder)).toContain("Without your vote it's not a go.");
  await click(app, quinn, 'vote-go', { channel: reminder.channel, ts: reminder.ts });
  await seePost(app, /^web-2\.4\.0: all 6 voted go$/);
  await everythingShown(app);
  for (const voter of voters) expect(await reminders(voter)).toHaveLength(voter === quinn ? 1 : 0);
});

it('asks the release manager to close, whose click does it', async () => {
  const told = await seePost(app, /^web-2\.4\.0: all 6 voted go$/);
  expect(wordsOf(told)).toContain(`@${rita}: close the go/no-go now`);
  await click(app, rita, 'close-poll', { channel: told.channel, ts: told.ts });
  await seePost(app, /^web-2\.4\.0: GO$/);
  expect((await posts(app)).filter(({ text }) => text.endsWith('all 6 voted go'))).toHaveLength(1);
});
