import { it } from 'vitest';
import { killStoryTimeout, playWithKills } from '../support/play-with-kills.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';

it('a release in Teams from T-14 to T+7, with the bot killed at twenty random instants and more', {
  timeout: killStoryTimeout,
}, async () => {
  await using sandbox = await SandboxProcess.start({ platforms: ['teams'] });
  await playWithKills(sandbox, 'Teams', 'teams');
});
