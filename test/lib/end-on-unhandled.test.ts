import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it.each([
  ['thrown', 'setTimeout(() => { throw error; })'],
  ['rejected', 'Promise.reject(error)'],
])(
  'an error that is %s and that nobody catches ends the process, and is told without its own fields',
  (_, fail) => {
    const program = `
    import { endOnUnhandled } from './src/lib/end-on-unhandled.ts';
    import { createLog } from './src/lib/create-log.ts';
    endOnUnhandled(createLog('info'));
    const command = { name: 'auth', args: ['battery-staple'] };
    const error = Object.assign(new Error('WRONGPASS'), { command });
    ${fail};
    setTimeout(() => process.exit(0), 5_000);
  `;
    const node = ['--import', 'tsx', '--input-type=module', '--eval', program];
    const { status, stderr } = spawnSync(process.execPath, node, { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ level: 50, error: { message: 'WRONGPASS' } });
    expect(stderr).not.toContain('battery-staple');
  },
);
