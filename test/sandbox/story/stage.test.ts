import { expect, it } from 'vitest';
import type { ControlClient } from '../../../sandbox/control-client.ts';
import { Stage } from '../../../sandbox/story/stage.ts';

const nowMs = Date.parse('2027-03-01T08:00:00Z');

/** One platform with one channel, in which the bot has said hello; only what a transcript reads. */
function platformWith(platform: 'slack' | 'teams', name: string, realName: string): ControlClient {
  const hello = { ts: '1', user: 'B', at: new Date(nowMs).toISOString(), text: 'Hello', replyCount: 0 };
  // Only what a transcript reads of it.
  return {
    platform,
    workspace: async () => ({
      people: [{ id: name, name, realName }],
      channels: [{ id: platform, name: 'general', kind: 'channel' }],
      bot: { userId: 'B' },
    }),
    clock: async () => ({ nowMs }),
    direct: async (person: string) => `direct to ${person}`,
    messages: async (channel: string) => (channel === platform ? [{ ...hello, channel }] : []),
  } as unknown as ControlClient;
}

async function transcriptOf(...[control, other]: [ControlClient, ControlClient?]): Promise<string[]> {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line.trim());
  const stage = new Stage({ control, ...(other ? { other } : {}), zone: 'Europe/Amsterdam', print });
  await stage.open();
  for (const person of stage.sides.flatMap((side) => side.people()))
    await stage.note(person.name, '/promote web-2.4.0');
  await stage.writeDown();
  return lines;
}

const at = 'Mon 1 Mar 2027, 09:00 (Europe/Amsterdam)';

it('writes commands down as they are typed on the platform', async () => {
  expect(await transcriptOf(platformWith('teams', 'emil', 'Emil Novak'))).toEqual([
    `${at}  Emil Novak → @tminus promote web-2.4.0`,
    `${at}  #general`,
    'Hello',
  ]);
});

it('names the platform of everything where there are two', async () => {
  const slack = platformWith('slack', 'rita', 'Rita Moreno');
  expect(await transcriptOf(slack, platformWith('teams', 'emil', 'Emil Novak'))).toEqual([
    `${at}  Rita Moreno (Slack) → /promote web-2.4.0`,
    `${at}  Emil Novak (Teams) → @tminus promote web-2.4.0`,
    `${at}  #general (Slack)`,
    'Hello',
    `${at}  #general (Teams)`,
    'Hello',
  ]);
});
