import { expect, it } from 'vitest';
import { createLog } from '../../src/lib/create-log.ts';

/** What the real logger writes; `say` gives it something. */
function logOf(say: (log: ReturnType<typeof createLog>) => void): string {
  let said = '';
  const write = (text: string) => {
    said += text;
  };
  say(createLog('warn', { write }));
  return said;
}

/** One line of it, about an error. */
function lineOf(error: unknown): Record<string, unknown> & { error?: Record<string, unknown> } {
  return JSON.parse(logOf((log) => log.warn({ error, queue: 'cards' }, 'Queue')));
}

it('no line has the password of a command that Redis refused', () => {
  const command = { name: 'auth', args: ['battery-staple'] };
  const error = Object.assign(new Error('WRONGPASS'), { command, code: 'REFUSED' });
  const said = logOf((log) => log.warn({ error, queue: 'cards' }, 'Queue'));
  expect(said).toContain('REFUSED');
  expect(said).not.toContain('battery-staple');
});

it('a line tells name, code, message and stack of an error, and of its causes', () => {
  const refused = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED', errno: -111 });
  expect(lineOf(new TypeError('no database', { cause: refused }))).toEqual({
    level: 40,
    time: expect.any(String),
    msg: 'Queue',
    queue: 'cards',
    error: {
      name: 'TypeError',
      message: 'no database',
      stack: expect.stringMatching(/^TypeError: no database\n {4}at /),
      cause: {
        name: 'Error',
        code: 'ECONNREFUSED',
        message: 'connect refused',
        stack: expect.stringMatching(/^Error: connect refused\n {4}at /),
      },
    },
  });
});

it('a line tells of several failures together by the first of them', () => {
  const { error } = lineOf(new AggregateError([new Error('first'), new Error('second')]));
  expect(error).toMatchObject({ name: 'AggregateError', cause: { message: 'first' } });
});

it('a line has no other field of an error', () => {
  const data = { ok: false, response_metadata: { scopes: ['private'] } };
  const { error } = lineOf(Object.assign(new Error('An API error occurred'), { data, statusCode: 403 }));
  expect(Object.keys(error ?? {})).toEqual(['name', 'message', 'stack']);
});

it.each([
  ['a bot token', 'xoxb-1-battery-staple'],
  ['an app token', 'xapp-1-battery-staple'],
  ['a password in an address', 'redis://:battery-staple@redis:6379'],
])('a line shows %s neither in a message nor in a stack nor in a cause', (_, secret) => {
  const cause = new Error(`inner ${secret} end`);
  const line = lineOf(Object.assign(new Error(`outer ${secret} end`, { cause }), { code: secret }));
  expect(line.error).toMatchObject({
    message: expect.stringMatching(/^outer .*\[redacted\].* end$/),
    stack: expect.stringMatching(/^Error: outer .*\[redacted\].* end\n/),
    cause: { message: expect.stringMatching(/^inner .*\[redacted\].* end$/) },
  });
  expect(JSON.stringify(line)).not.toContain('battery-staple');
});

it.each([
  ['a text', 'gone with xoxb-1-2', { message: 'gone with [redacted]' }],
  ['null', null, { message: 'null' }],
  ['an object', { token: 'battery-staple' }, { message: 'Something was thrown that is no error.' }],
  ['what looks like an error', { message: 'gone', code: 7 }, { message: 'gone', code: '7' }],
])('a line tells of %s that was thrown', (_, thrown, told) => {
  expect(lineOf(thrown).error).toEqual(told);
});

it('a line tells no more than five causes, so one that is its own cause ends', () => {
  const round = new Error('round');
  round.cause = new Error('and round', { cause: round });
  const { error } = lineOf(round);
  let told = 0;
  for (let link: unknown = error; link; link = (link as { cause?: unknown }).cause) told += 1;
  expect(told).toBe(6);
});

it('a line has so much of a text and no more, and shows no secret that the cut would disguise', () => {
  const long = `${'a '.repeat(990)}redis://:battery-staple@redis:6379 `.repeat(9);
  const { error } = lineOf(new Error(long));
  expect(String(error?.message)).toHaveLength(2_000);
  expect(error?.message).not.toContain('battery');
  expect(String(error?.stack)).toHaveLength(8_000);
});

it('an error that is given alone is told in the same way', () => {
  const said = logOf((log) => log.warn(Object.assign(new Error('gone'), { data: 'battery-staple' })));
  expect(said).toContain('gone');
  expect(said).not.toContain('battery-staple');
});
