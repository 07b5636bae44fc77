import { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { loadTemplates } from '../config/load-templates.ts';
import { type Finding, type FindingState, sumUp, worstFirst, worstOf } from '../core/doctor/finding.ts';
import type { TemplateSet } from '../core/template/load-template.ts';
import { errorMessage } from '../lib/error-message.ts';
import { redactSecrets } from '../lib/redact-secrets.ts';
import { endHelp } from './end-help.ts';

interface Io {
  env: NodeJS.ProcessEnv;
  write(text: string): void;
  setExitCode(code: 0 | 1): void;
}

const ownProcess: Io = {
  env: process.env,
  write: (text) => console.log(text),
  setExitCode: (code) => {
    process.exitCode = code;
  },
};

/** `tminus doctor`. `io` is the process, replaced in tests. */
export function doctorCommand(io: Io = ownProcess): Command {
  const doctor = new Command('doctor')
    .description('Check everything that tminus needs, and say what to do')
    .option('--config <file>', 'configuration file (default: tminus.yaml)')
    .action(async ({ config }: { config?: string }) => {
      const findings = await examineAll({ env: io.env, file: config });
      for (const finding of worstFirst(findings)) io.write(lineOf(finding));
      io.write(`\n${sumUp(findings)}`);
      io.setExitCode(worstOf(findings) === 'unwell' ? 1 : 0);
    });
  return endHelp(doctor, {
    note: () =>
      'It reads the same tminus.yaml and variables as `tminus start`, changes nothing, and sends nothing.',
    examples: ['tminus doctor', 'tminus doctor --config production.yaml'],
    exitCodes: { 0: 'nothing is broken', 1: 'something is; it says what, and what to do' },
  });
}

const words: Record<FindingState, string> = { well: 'ok     ', unsure: 'look   ', unwell: 'BROKEN ' };

function lineOf({ part, state, says }: Finding): string {
  return `${words[state]} ${part}: ${says}`;
}

/** One after the other, since each needs the one before: the configuration, the queue, then all that is behind it. */
async function examineAll(place: { env: NodeJS.ProcessEnv; file: string | undefined }): Promise<Finding[]> {
  const part = 'Configuration';
  let settings: Settings;
  try {
    const config = await loadConfig(place);
    settings = { config, templates: loadTemplates(config.templates) };
  } catch (error) {
    return [unwell(part, error)];
  }
  const { checkRedis } = await import('../jobs/queue/check-redis.ts');
  const [queue, others] = await Promise.all([
    checkRedis(settings.config.redisUrl),
    examineServices(settings),
  ]);
  return [{ part, state: 'well', says: 'The settings and templates can be used.' }, ...queue, ...others];
}

interface Settings {
  config: Config;
  templates: TemplateSet;
}

function unwell(part: string, error: unknown): Finding {
  return { part, state: 'unwell', says: redactSecrets(errorMessage(error)) };
}

/** The same as in a chat; where the services can't be opened at all, that is what is found. */
async function examineServices({ config, templates }: Settings): Promise<Finding[]> {
  // Loaded here only, so that the other commands start at once.
  const [{ openServices }, { examine }] = await Promise.all([
    import('./open-services.ts'),
    import('../services/doctor/examine.ts'),
  ]);
  try {
    const say = () => undefined;
    const opened = await openServices(config, { templates, say });
    try {
      return await examine(opened.services);
    } finally {
      await opened.close();
    }
  } catch (error) {
    return [unwell('Start', error)];
  }
}
