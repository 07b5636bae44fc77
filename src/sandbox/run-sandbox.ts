import { planExampleRelease } from './example-release.ts';
import { type SandboxOptions, startSandbox } from './start-sandbox.ts';

/** `npm run sandbox`: runs until Ctrl-C, and goes on where it was the next time. */
export async function runSandbox(
  options: Pick<SandboxOptions, 'port' | 'dataDir' | 'databaseUrl' | 'redisUrl'>,
): Promise<void> {
  const say = (line: string) => console.log(line);
  const sandbox = await startSandbox({ ...options, say });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    say('\nStopping; the next start goes on from here.');
    await sandbox.stop();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
  await planExampleRelease(sandbox.url, say);
  say('');
  say(`  The workspace:  ${sandbox.url}`);
  say('');
  say('Open it in a browser. Act as Rita, the release manager, and press "jump to next".');
  say('Ctrl-C stops everything.');
}
