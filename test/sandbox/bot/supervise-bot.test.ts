import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type SupervisedBot, superviseBot } from '../../../sandbox/bot/supervise-bot.ts';
import { SandboxClock } from '../../../sandbox/sandbox-clock.ts';
import { fileConfigSchema, settingsOf } from '../../../src/config/config.ts';
import { temporaryFolder } from '../workspace/harness.ts';

/** A bot that can't start: where its database should be there is a file. */
function supervise(): { bot: SupervisedBot; logFile: string } {
  const folder = temporaryFolder();
  const logFile = path.join(folder, 'bot.log');
  const dataDir = path.join(folder, 'file');
  writeFileSync(dataDir, '');
  const file = fileConfigSchema.parse({ http: { port: 0 } });
  const slack = { mode: 'socket', botToken: 'xoxb-1', appToken: 'xapp-1' } as const;
  const bot = superviseBot({
    config: { ...settingsOf(file), dataDir, logLevel: 'info', slack: { ...file.slack, ...slack } },
    clock: new SandboxClock(),
    logFile,
    onState: () => undefined,
  });
  onTestFinished(() => bot.stop());
  return { bot, logFile };
}

it('tells who waits why the bot can not start', async () => {
  const { bot } = supervise();
  await expect(bot.ready()).rejects.toThrow('EEXIST: file already exists');
});

it('tells who waits that the bot ended without a word', async () => {
  const { bot, logFile } = supervise();
  const ready = bot.ready();
  bot.kill();
  await expect(ready).rejects.toThrow(`The bot ended while it was starting. Its log is ${logFile}`);
});

it('tells who waits that the bot was stopped', async () => {
  const { bot } = supervise();
  const ready = bot.ready();
  const stopped = bot.stop();
  await expect(ready).rejects.toThrow('The bot was stopped.');
  await expect(bot.ready()).rejects.toThrow('The bot was stopped.');
  await stopped;
});
