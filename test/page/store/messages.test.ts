import { describe, expect, it } from 'vitest';
import {
  channelMessages,
  compareTs,
  countKnownReplies,
  startsGroup,
  threadMessages,
} from '../../../sandbox/page/store/messages.ts';
import { message } from '../make.ts';

const parent = message('10.000001');
const reply = message('11.000001', { threadTs: '10.000001' });
const secret = message('12.000001', { onlyFor: 'UEMIL' });

describe('messages', () => {
  it('are ordered by number, not by letter', () => {
    expect(compareTs('9.000001', '10.000001')).toBeLessThan(0);
    expect(compareTs('10.000002', '10.000001')).toBeGreaterThan(0);
    expect(compareTs('10.000001', '10.000001')).toBe(0);
  });

  it('of a channel leave out replies and what others alone see', () => {
    const all = [parent, reply, secret];
    expect(channelMessages(all, 'URITA')).toEqual([parent]);
    expect(channelMessages(all, 'UEMIL')).toEqual([parent, secret]);
    expect(threadMessages(all, '10.000001', 'URITA')).toEqual([parent, reply]);
    expect(countKnownReplies(all)).toEqual(new Map([['10.000001', 1]]));
  });

  it('are grouped by author while they follow closely', () => {
    const first = message('1000.000001', { user: 'URITA' });
    expect(startsGroup(first, undefined)).toBe(true);
    expect(startsGroup(message('1060.000001', { user: 'URITA' }), first)).toBe(false);
    expect(startsGroup(message('1060.000001', { user: 'UEMIL' }), first)).toBe(true);
    expect(startsGroup(message('1301.000001', { user: 'URITA' }), first)).toBe(true);
    expect(startsGroup(message('1060.000001', { user: 'URITA', onlyFor: 'URITA' }), first)).toBe(true);
    expect(startsGroup(message('1060.000001', { user: 'URITA', blocks: [] }), first)).toBe(true);
  });
});
