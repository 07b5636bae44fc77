import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { bundleOptions } from './bundle-options.ts';

/** Bundles the command line with all it needs into `dist/`, which halves the start. */
rmSync('dist', { recursive: true, force: true });
await build({
  ...bundleOptions,
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist',
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'linked',
  logLevel: 'info',
});
