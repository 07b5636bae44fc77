import type { Bundle } from './build-bundle.ts';

/** What runs in a thread of its own, under the name that its starter looks for beside itself. */
const threads = { 'page-program': 'src/metrics/prometheus-text/page-program.ts' };

/** What can be built: tminus as production runs it, and the sandbox with the programs that it runs beside itself. */
export const bundles = {
  tminus: { entryPoints: { main: 'src/cli/main.ts', ...threads }, outdir: 'dist' },
  sandbox: {
    entryPoints: {
      main: 'sandbox/cli/main.ts',
      'run-bot': 'sandbox/bot/run-bot.ts',
      'run-demo': 'sandbox/demo/run-demo.ts',
      ...threads,
    },
    outdir: 'sandbox/dist',
    // It builds the page when it starts.
    external: ['esbuild'],
  },
} as const satisfies Record<string, Bundle>;
