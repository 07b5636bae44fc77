import { Command } from 'commander';
import { endHelp } from '../end-help.ts';
import { userName } from '../user-name.ts';
import type { AuditCommandIo } from './audit-io.ts';

interface Options {
  person?: string;
  text?: string;
  reason?: string;
  yes?: boolean;
  config?: string;
}

/** `tminus audit redact` */
export function redactCommand(io: AuditCommandIo, note: () => string): Command {
  const command = new Command('redact')
    .description(
      'Remove what is personal of somebody, or a text, from the records and the audit trail for good; the trail stays intact',
    )
    .option('--person <who>', 'an e-mail address, or an account such as slack:U0123')
    .option('--text <text>', 'what somebody typed, at least two words of it')
    .option('--reason <reason>', 'why; it stays in the audit trail')
    .option('--yes', 'do it; without this, the command only says what would be removed')
    .option('--config <file>', 'configuration file (default: tminus.yaml, when there is one)')
    .action((options: Options) => redact(io, options));
  return endHelp(command, {
    note: () =>
      `${note()}\nNeeds the environment of \`tminus start\`. Backups keep what was removed: remove it there as well.`,
    examples: [
      'tminus audit redact --person rita@example.com',
      'tminus audit redact --person rita@example.com --reason "Erasure request of 2 May" --yes',
      'tminus audit redact --text "call me at home" --reason "Private number" --yes',
    ],
    exitCodes: { 0: 'it is removed, or was only looked for', 1: 'nothing was done; the reason is printed' },
  });
}

/** What it needs of the bot is loaded here only, so that the other commands start at once. */
async function redact(io: AuditCommandIo, options: Options): Promise<void> {
  const { person, text, reason, yes } = options;
  if ((person === undefined) === (text === undefined))
    throw new Error('Name what to remove: --person with an e-mail address or an account, or --text.');
  if (yes && reason === undefined) throw new Error('--reason: say why it is removed.');
  const { loadConfig } = await import('../../config/load-config.ts');
  const { settingsOf } = await import('../plan/plan-settings.ts');
  const { openServices } = await import('../open-services.ts');
  const { redactByOperator } = await import('../redact-by-operator.ts');
  const config = await loadConfig({ env: io.env, file: options.config });
  const { templates } = settingsOf(config);
  const { services, close } = await openServices(config, { templates, say: io.printError });
  try {
    const wanted = { person: person ?? null, text: text ?? null, reason: yes ? (reason ?? null) : null };
    const { ok, lines } = await redactByOperator(services, { ...wanted, operator: userName() });
    for (const line of lines) (ok ? io.print : io.printError)(line);
    if (!ok) process.exitCode = 1;
  } finally {
    await close();
  }
}
