import { describe, expect, it } from 'vitest';
import {
  findReleaseKeys,
  splitCommand,
  suggestCommands,
} from '../../../sandbox/page/text/complete-command.ts';

const commands = [
  { command: '/release', description: 'Plan releases', usageHint: 'new | list | show KEY' },
  { command: '/promote', description: 'Next phase', usageHint: 'KEY [to 10% | full]' },
];
const inserts = (draft: string) =>
  suggestCommands(draft, commands, ['web-2.4.0']).map(({ insert }) => insert);

describe('suggestCommands', () => {
  it.each<[string, string[]]>([
    ['/', ['/release ', '/promote ']],
    ['/pro', ['/promote ']],
    ['/nothing', []],
    ['hello /', []],
    ['/release ', ['/release new ', '/release list ', '/release show ', '/release web-2.4.0 ']],
    ['/release sh', ['/release show ']],
    ['/release show ', ['/release show web-2.4.0 ']],
    ['/promote ', ['/promote web-2.4.0 ']],
    ['/promote w', ['/promote web-2.4.0 ']],
    ['/promote web-2.4.0', []],
    ['/promote web-2.4.0 ', []],
    ['/release list ', []],
    ['/release show web-2.4.0 ', []],
    ['/unknown ', []],
    ['/release\nnew', []],
  ])('after %j', (draft, expected) => {
    expect(inserts(draft)).toEqual(expected);
  });

  it('knows no alternatives within brackets as subcommands', () => {
    const usageHint = 'new | freeze [add | end NAME | break [KEY]] | help';
    const release = { command: '/release', description: 'Plan releases', usageHint };
    const suggested = suggestCommands('/release ', [release], []).map(({ insert, hint }) => [insert, hint]);
    expect(suggested).toEqual([
      ['/release new ', ''],
      ['/release freeze ', '[add | end NAME | break [KEY]]'],
      ['/release help ', ''],
    ]);
  });

  it('tells usage and description', () => {
    expect(suggestCommands('/rel', commands, [])[0]).toMatchObject({
      hint: 'new | list | show KEY',
      description: 'Plan releases',
    });
    expect(suggestCommands('/release sh', commands, [])[0]).toMatchObject({ hint: 'KEY' });
  });
});

describe('splitCommand', () => {
  it.each([
    ['/Promote web-2.4.0  full ', { command: '/promote', text: 'web-2.4.0  full' }],
    ['/help', { command: '/help', text: '' }],
    ['/release a\nb', { command: '/release', text: 'a\nb' }],
    ['hello', undefined],
    ['/ hello', undefined],
    ['/1', undefined],
  ])('%j', (draft, expected) => {
    expect(splitCommand(draft)).toEqual(expected);
  });
});

describe('findReleaseKeys', () => {
  it('finds each key once, in order', () => {
    expect(findReleaseKeys(['web-2.4.0 and api-gateway-10.0.1', 'again web-2.4.0', '2.4.0 alone'])).toEqual([
      'web-2.4.0',
      'api-gateway-10.0.1',
    ]);
  });
});
