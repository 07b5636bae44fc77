import { Command } from 'commander';
import { endHelp } from './end-help.ts';

/** `tminus migrate` */
export function migrateCommand(): Command {
  const migrate = new Command('migrate')
    .description('Bring the database schema up to this version')
    .option('--grant-to <role>', "give this role the rights of the bot, which can't change the audit trail")
    .action(async ({ grantTo }: { grantTo?: string }) => {
      const url = process.env.DATABASE_URL;
      if (!url)
        throw new Error('DATABASE_URL is not set. Set it to the database, with its owner as the user.');
      // Loaded here only, so that the other commands start at once.
      const { migrateDatabase } = await import('../db/migrate.ts');
      await migrateDatabase({ url, grantTo });
      console.log('The database has the schema of this version.');
    });
  return endHelp(migrate, {
    note: () =>
      '`tminus start` does the same if its database user is allowed to; DATABASE_URL names the database.',
    examples: ['tminus migrate', 'tminus migrate --grant-to tminus_bot'],
  });
}
