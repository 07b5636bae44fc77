/**
 * The demo's process in the sandbox. By itself, so that what its metrics say of the response time is the
 * service's and not what the workspace or the page beside it had to do.
 */
import { errorMessage } from '../../src/lib/error-message.ts';
import { type Demo, type DemoOptions, startDemo } from './demo.ts';
import type { DemoChange } from './demo-change.ts';
import type { FromDemo, ToDemo } from './demo-link.ts';

let demo: Demo | null = null;

function tell(message: FromDemo): void {
  if (process.connected) process.send?.(message);
}

async function start(options: DemoOptions): Promise<void> {
  demo = await startDemo(options);
  demo.onChange((state) => tell({ type: 'state', state }));
  const { adminUrl, adminToken, metricsUrl, trafficUrl } = demo;
  tell({ type: 'ready', addresses: { adminUrl, adminToken, metricsUrl, trafficUrl } });
}

function change(id: number, asked: DemoChange): void {
  try {
    if (demo) tell({ type: 'answer', id, answer: { state: demo.change(asked) } });
  } catch (error) {
    tell({ type: 'answer', id, answer: { error: errorMessage(error) } });
  }
}

process.on('message', (message: ToDemo) => {
  switch (message.type) {
    case 'start':
      start(message.options).catch((error: unknown) =>
        tell({ type: 'failed', message: errorMessage(error) }),
      );
      return;
    case 'change':
      change(message.id, message.change);
      return;
    case 'stop':
      void (demo?.close() ?? Promise.resolve()).then(() => process.exit(0));
  }
});
// The sandbox is gone, and with it whoever could use this: the settings are in their file already.
process.on('disconnect', () => process.exit(0));
