import { describe, it } from 'vitest';
import { createControlClient } from '../../sandbox/control-client.ts';
import { peopleInTeams } from '../../sandbox/story/play-in-sandbox.ts';
import { expectAllOnce } from './support/play-with-kills.ts';
import { SandboxProcess } from './support/sandbox-process.ts';
import { stageStory } from './support/stage-story.ts';

describe('a release from T-14 to T+7', () => {
  it('in Teams', async () => {
    await using sandbox = await SandboxProcess.start({ platforms: ['teams'] });
    const control = createControlClient(sandbox.url, 'teams');
    const staged = await stageStory(control, { ending: 'rollback' });
    await staged.story.play();
    await expectAllOnce(sandbox, staged);
  });

  it('with half of the roles in Teams and half in Slack', async () => {
    await using sandbox = await SandboxProcess.start({
      platforms: ['slack', 'teams'],
      onlyInTeams: peopleInTeams,
    });
    const control = createControlClient(sandbox.url);
    const other = createControlClient(sandbox.url, 'teams');
    const staged = await stageStory(control, { ending: 'rollback', other });
    await staged.story.play();
    await expectAllOnce(sandbox, staged);
  });
});
