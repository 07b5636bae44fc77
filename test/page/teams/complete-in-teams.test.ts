import { expect, it } from 'vitest';
import { completeInTeams } from '../../../sandbox/page/teams/complete-in-teams.ts';
import { workspace } from '../make.ts';

const commands = [
  { command: 'promote', description: 'Promotes', usageHint: '[KEY] [to 10% | full]' },
  { command: '/release', description: 'Releases', usageHint: 'new | list | show [KEY]' },
];

function complete(draft: string, inChat = false): string[] {
  const typed = { draft, caret: draft.length, workspace: { ...workspace, commands }, inChat };
  return completeInTeams({ ...typed, releaseKeys: ['web-2.4.0'] }).map(({ insert }) => insert);
}

it('completes the app and people by @', () => {
  expect(complete('@')).toEqual(['@tminus ', '@rita ', '@emil ']);
  expect(complete('hello @em')).toEqual(['hello @emil ']);
});

it('completes what the app understands once it is mentioned, and without that in the chat with it', () => {
  expect(complete('@tminus pro')).toEqual(['@tminus promote ']);
  expect(complete('@tminus promote w')).toEqual(['@tminus promote web-2.4.0 ']);
  expect(complete('@tminus release s')).toEqual(['@tminus release show ']);
  expect(complete('/pro')).toEqual(['@tminus promote ']);
  expect(complete('/release s')).toEqual(['@tminus release show ']);
  expect(complete('pro')).toEqual([]);
  expect(complete('pro', true)).toEqual(['promote ']);
  expect(complete('', true)).toEqual([]);
});
