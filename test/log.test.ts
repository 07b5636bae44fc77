import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('no line has the password of a command that Redis refused', () => {
  const program = `
    import { createLog } from './src/log.ts';
    const command = { name: 'auth', args: ['battery-staple'] };
    const error = Object.assign(new Error('WRONGPASS'), { command, code: 'REFUSED' });
    createLog('warn').warn({ error, queue: 'cards' }, 'Queue');
  `;
  const node = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const { stderr } = spawnSync(process.execPath, node, { encoding: 'utf8' });
  expect(stderr).toContain('REFUSED');
  expect(stderr).not.toContain('battery-staple');
});
