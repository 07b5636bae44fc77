import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** What the real logger writes in a process of its own; `program` says what it is given. */
function logOf(program: string): string {
  const whole = `import { createLog } from './src/lib/create-log.ts'; const log = createLog('warn'); ${program}`;
  const node = ['--import', 'tsx', '--input-type=module', '--eval', whole];
  return spawnSync(process.execPath, node, { encoding: 'utf8' }).stderr;
}

/** One line of it, about the `error` that `program` makes. */
function lineOf(program: string): Record<string, unknown> & { error?: Record<string, unknown> } {
  return JSON.parse(logOf(`${program}; log.warn({ error, queue: 'cards' }, 'Queue');`));
}

it('no line has the password of a command that Redis refused', () => {
  const said = logOf(`
    const command = { name: 'auth', args: ['battery-staple'] };
    const error = Object.assign(new Error('WRONGPASS'), { command, code: 'REFUSED' });
    log.warn({ error, queue: 'cards' }, 'Queue');
  `);
  expect(said).toContain('REFUSED');
  expect(said).not.toContain('battery-staple');
});

it('a line tells name, code, message and stack of an error, and of its causes', () => {
  const line = lineOf(`
    const refused = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED', errno: -111 });
    const error = new TypeError('no database', { cause: refused });
  `);
  expect(line).toEqual({
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
  const { error } = lineOf("const error = new AggregateError([new Error('first'), new Error('second')]);");
  expect(error).toMatchObject({ name: 'AggregateError', cause: { message: 'first' } });
});

it('a line has no other field of an error', () => {
  const { error } = lineOf(`
    const data = { ok: false, response_metadata: { scopes: ['private'] } };
    const error = Object.assign(new Error('An API error occurred'), { data, statusCode: 403 });
  `);
  expect(Object.keys(error ?? {})).toEqual(['name', 'message', 'stack']);
});

it.each([
  ['a bot token', 'xoxb-1-battery-staple'],
  ['an app token', 'xapp-1-battery-staple'],
  ['a password in an address', 'redis://:battery-staple@redis:6379'],
])('a line shows %s neither in a message nor in a stack nor in a cause', (_, secret) => {
  const line = lineOf(`
    const cause = new Error('inner ${secret} end');
    const error = new Error('outer ${secret} end', { cause });
    error.code = '${secret}';
  `);
  expect(line.error).toMatchObject({
    message: expect.stringMatching(/^outer .*\[redacted\].* end$/),
    stack: expect.stringMatching(/^Error: outer .*\[redacted\].* end\n/),
    cause: { message: expect.stringMatching(/^inner .*\[redacted\].* end$/) },
  });
  expect(JSON.stringify(line)).not.toContain('battery-staple');
});

it.each([
  ['a text', "'gone with xoxb-1-2'", { message: 'gone with [redacted]' }],
  ['null', 'null', { message: 'null' }],
  ['an object', "{ token: 'battery-staple' }", { message: 'Something was thrown that is no error.' }],
  ['what looks like an error', "{ message: 'gone', code: 7 }", { message: 'gone', code: '7' }],
])('a line tells of %s that was thrown', (_, thrown, told) => {
  expect(lineOf(`const error = ${thrown};`).error).toEqual(told);
});

it('a line tells no more than five causes, so one that is its own cause ends', () => {
  const { error } = lineOf(`
    const error = new Error('round');
    error.cause = new Error('and round', { cause: error });
  `);
  let told = 0;
  for (let link: unknown = error; link; link = (link as { cause?: unknown }).cause) told += 1;
  expect(told).toBe(6);
});

it('a line has so much of a text and no more, and shows no secret that the cut would disguise', () => {
  const { error } = lineOf(`
    const error = new Error(('a '.repeat(990) + 'redis://:battery-staple@redis:6379 ').repeat(9));
  `);
  expect(String(error?.message)).toHaveLength(2_000);
  expect(error?.message).not.toContain('battery');
  expect(String(error?.stack)).toHaveLength(8_000);
});

it('an error that is given alone is told in the same way', () => {
  const said = logOf("log.warn(Object.assign(new Error('gone'), { data: 'battery-staple' }));");
  expect(said).toContain('gone');
  expect(said).not.toContain('battery-staple');
});
