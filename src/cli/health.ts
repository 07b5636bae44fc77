import { Command } from 'commander';
import { loadSettings } from '../config/load-config.ts';
import { endHelp } from './end-help.ts';

/** A supervisor asks every few seconds, so a bot that hangs has to show before the next time. Milliseconds. */
const answerWithinMs = 5_000;

/** `tminus health`. `io` is the process, replaced in tests. */
export function healthCommand(
  io: { setExitCode(code: 0 | 1): void; write(text: string): void; env: NodeJS.ProcessEnv } = {
    setExitCode: (code) => {
      process.exitCode = code;
    },
    write: (text) => console.log(text),
    env: process.env,
  },
): Command {
  const health = new Command('health')
    .description('Ask the bot on this machine whether it is healthy')
    .option(
      '--config <file>',
      'configuration file; its http setting says where to ask (default: tminus.yaml)',
    )
    .action(async ({ config }: { config?: string }) => {
      const { http } = await loadSettings(['http'], { env: io.env, file: config });
      const answer = await ask(addressOf(http));
      io.write(answer.text);
      io.setExitCode(answer.ok ? 0 : 1);
    });
  return endHelp(health, {
    note: () => 'For the health check of a container or a supervisor.',
    examples: ['tminus health'],
    exitCodes: {
      0: 'it can write to its database and reaches Slack',
      1: 'it is not healthy, or does not answer',
    },
  });
}

/** Who listens on every address is reached on the loopback one. */
function addressOf({ host, port }: { host: string; port: number }): string {
  const reached = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}/healthz`;
}

async function ask(url: string): Promise<{ ok: boolean; text: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerWithinMs) });
    return { ok: response.ok, text: await response.text() };
  } catch {
    return { ok: false, text: `Nothing answers at ${url}. Is the bot running, with the same tminus.yaml?` };
  }
}
