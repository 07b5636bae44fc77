/** A whole sandbox in a process of its own, so that it can be killed as a whole. Options come as JSON; `kept`: with the example release, and able to start over. */
import { keepSandbox } from '../../../sandbox/keep-sandbox.ts';
import { type SandboxOptions, startSandbox } from '../../../sandbox/start-sandbox.ts';

const { kept, ...given } = JSON.parse(process.argv[2] ?? '{}') as Omit<SandboxOptions, 'say'> & {
  kept?: boolean;
};
const options = { ...given, say: () => undefined };
const sandbox = await (kept ? keepSandbox(options, endWithError) : startSandbox(options));
process.send?.({ url: sandbox.url });

function endWithError(error: unknown): void {
  console.error(error);
  process.exit(1);
}

const stop = async () => {
  await sandbox.stop();
  process.exit(0);
};
process.once('SIGTERM', () => void stop());
process.once('disconnect', () => void stop());
