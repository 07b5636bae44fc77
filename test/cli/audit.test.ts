import path from 'node:path';
import { expect, it } from 'vitest';
import { auditCommand } from '../../src/cli/audit/audit.ts';

/** The help of `tminus audit …` with these variables set. */
async function helpOf(words: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const ignore = () => undefined;
  const command = auditCommand({ env, print: ignore, printError: ignore });
  const help: string[] = [];
  for (const each of [command, ...command.commands]) {
    each.exitOverride().configureOutput({ writeOut: (text) => void help.push(text) });
  }
  await command.parseAsync([...words, '--help'], { from: 'user' }).catch(ignore);
  return help.join('');
}

it.each([[[]], [['verify']], [['export']]])(
  'the help of audit %j says which database it reads',
  async (words) => {
    const remote = await helpOf(words, { DATABASE_URL: 'postgres://tminus:hush@db.example.com:5432/tminus' });
    expect(remote).toContain('Reads db.example.com:5432/tminus (DATABASE_URL).\n');
    expect(remote).not.toContain('hush');
    const unclear = await helpOf(words, { DATABASE_URL: 'postgres://tminus:12/hush@db.example.com/tminus' });
    expect(unclear).toContain('Reads the database that DATABASE_URL names.\n');
    expect(unclear).not.toContain('hush');
    const embedded = await helpOf(words, { TMINUS_DATA_DIR: 'data' });
    expect(embedded).toContain(`Reads the embedded PostgreSQL in ${path.resolve('data')}.\n`);
    expect(await helpOf(words, {})).toContain(
      `Reads the embedded PostgreSQL in ${path.resolve('.tminus')}.\n`,
    );
  },
);
