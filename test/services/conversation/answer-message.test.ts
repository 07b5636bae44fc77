import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerMessage } from '../../../src/bot/interactions/answer-message.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { replyToMessage } from '../../../src/services/conversation/reply-to-message.ts';
import { idOf, openWorld, type World } from '../../support/test-services.ts';
import { accepted, approvedRelease, inWords, outboxOf, planRelease } from '../steps.ts';
import { changedTables, hashTables } from '../table-hashes.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const say = async (text: string) => {
  const card = await answerMessage({ ctx: world.as('dana'), text });
  return { said: lineText(card.summary), all: JSON.stringify(card) };
};

describe('a message to tminus', () => {
  it.each([
    ['', 'What tminus can do'],
    ['Hello!', 'What tminus can do'],
    ['help', 'What tminus can do'],
    ['status', 'web-2.4.0: approved, no traffic'],
    ['/release status', 'web-2.4.0: approved, no traffic'],
    ['status web-2.4.0 please', 'web-2.4.0: approved, no traffic'],
    ['web-2.4.0', 'web-2.4.0: approved, no traffic'],
    ['How is web-2.4.0 doing?', 'web-2.4.0: approved, no traffic'],
    ['what is the status?', 'web-2.4.0: approved, no traffic'],
    ['show web-2.4.0', 'web-2.4.0 is approved'],
    ['status web-9.9.9', 'There is no release "web-9.9.9". See them with "release list".'],
    ['statsu', 'I don\'t understand "statsu". Did you mean "status"?'],
    ['sing me a song', 'I don\'t understand "sing me a song".'],
    [
      'promote web-2.4.0',
      'I don\'t do that from a message, so nothing was changed. Type "promote web-2.4.0".',
    ],
    ['/rollback', 'I don\'t do that from a message, so nothing was changed. Type "rollback web-2.4.0".'],
    [
      'cancel web-2.4.0 now',
      'I don\'t do that from a message, so nothing was changed. Type "release cancel web-2.4.0".',
    ],
  ])('"%s" is answered', async (text, answer) => {
    await approvedRelease(world);
    const before = await hashTables(world);
    expect((await say(text)).said).toBe(answer);
    expect(changedTables(before, await hashTables(world))).toEqual([]);
  });

  it('gets an answer when nothing is under way', async () => {
    expect((await say('status')).said).toBe('No release is under way.');
  });

  it('is asked which release it means when there are several', async () => {
    await planRelease(world);
    await planRelease(world, { release: 'api-7.0' });
    expect((await say('status')).said).toContain('Which release? Give its key: ');
  });
});

describe('the reply', () => {
  const reply = (id: string, key?: string) => {
    const content = { summary: 'Here you are.', blocks: [] };
    const destination = { channel: 'slack', kind: 'person' as const, id };
    return replyToMessage({ ctx: world.as('dana', key), input: { destination, replyTo: null, content } });
  };

  it('goes into the outbox once, however often the message arrives', async () => {
    await Promise.all([1, 2, 3].map(async () => accepted(await reply(idOf('dana'), 'event-1'))));
    expect(await outboxOf(world)).toEqual(['reply']);
    accepted(await reply(idOf('dana'), 'event-2'));
    expect(await outboxOf(world)).toEqual(['reply', 'reply']);
  });

  it('goes to nobody but who wrote', async () => {
    expect(inWords(await reply(idOf('rita')))).toMatchObject({
      refusal: { code: 'not-permitted', message: 'A message is answered where it was written.' },
    });
    expect(await outboxOf(world)).toEqual([]);
  });
});
