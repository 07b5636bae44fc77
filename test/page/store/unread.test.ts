import { describe, expect, it } from 'vitest';
import { reduce } from '../../../sandbox/page/store/reduce.ts';
import { channelsOf, countUnread, waitingFor } from '../../../sandbox/page/store/unread.ts';
import { message, openPage, workspace } from '../make.ts';

const [release] = workspace.channels;
const page = reduce(openPage(), {
  type: 'messages',
  messages: [
    message('1.000001'),
    message('2.000001', { notifies: ['*'] }),
    message('3.000001', { notifies: ['UEMIL'] }),
    message('4.000001', { user: 'URITA' }),
    message('5.000001', { threadTs: '1.000001' }),
    message('6.000001', { channel: 'D1' }),
  ],
});

describe('unread messages', () => {
  it('are those of others in the channel, with calls apart', () => {
    if (!release) throw new Error('no channel');
    expect(countUnread(page, 'URITA', release)).toEqual({ count: 3, calls: 1 });
    expect(countUnread(page, 'UEMIL', release)).toEqual({ count: 4, calls: 2 });
  });

  it('are read for the person who looks, not for the others', () => {
    if (!release) throw new Error('no channel');
    const read = reduce(page, { type: 'read', channel: 'C1', ts: '2.000001' });
    expect(countUnread(read, 'URITA', release)).toEqual({ count: 1, calls: 0 });
    expect(countUnread(read, 'UEMIL', release).count).toBe(4);
  });

  it('in direct messages wait for their person', () => {
    expect(waitingFor(page, 'URITA')).toBe(1);
    expect(waitingFor(page, 'UEMIL')).toBe(0);
    expect(channelsOf(page, 'UEMIL').map(({ id }) => id)).toEqual(['C1', 'C2']);
  });
});
