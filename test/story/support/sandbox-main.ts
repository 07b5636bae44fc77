/** A whole sandbox in a process of its own, so that it can be killed as a whole. Options come as JSON. */
import { type SandboxOptions, startSandbox } from '../../../sandbox/start-sandbox.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as Omit<SandboxOptions, 'say'>;
const sandbox = await startSandbox({ ...options, say: () => undefined });
process.send?.({ url: sandbox.url });

const stop = async () => {
  await sandbox.stop();
  process.exit(0);
};
process.once('SIGTERM', () => void stop());
process.once('disconnect', () => void stop());
