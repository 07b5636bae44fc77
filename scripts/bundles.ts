import type { Bundle } from './build-bundle.ts';

/** What can be built: tminus as production runs it, and the sandbox with the programs that it runs beside itself. */
export const bundles = {
  tminus: { entryPoints: { main: 'src/cli/main.ts' }, outdir: 'dist' },
  sandbox: {
    entryPoints: {
      main: 'sandbox/cli/main.ts',
      'run-bot': 'sandbox/bot/run-bot.ts',
      'run-demo': 'sandbox/demo/run-demo.ts',
    },
    outdir: 'sandbox/dist',
    // It builds the page when it starts.
    external: ['esbuild'],
  },
} as const satisfies Record<string, Bundle>;
