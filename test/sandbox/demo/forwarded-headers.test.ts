import { expect, it } from 'vitest';
import { forwardedHeaders } from '../../../sandbox/demo/forwarded-headers.ts';

it('passes on what is not of the connection itself', () => {
  const headers = {
    host: 'demo',
    'set-cookie': ['a=1', 'b=2'],
    connection: 'keep-alive, X-Hop',
    'x-hop': '1',
    'keep-alive': 'timeout=5',
    'transfer-encoding': 'chunked',
    expect: '100-continue',
    accept: undefined,
  };
  expect(forwardedHeaders(headers)).toEqual({ host: 'demo', 'set-cookie': ['a=1', 'b=2'] });
});
