import { rmSync } from 'node:fs';
import { build } from 'esbuild';

/**
 * Bundles the command line with all it needs into `dist/`, which halves the start. What is imported lazily
 * becomes a file of its own and is still loaded lazily.
 */
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'linked',
  logLevel: 'info',
  // Programs rather than libraries: they bring files of their own along.
  external: ['esbuild', 'tsx', 'pg-native'],
  // Bundled CommonJS asks for these, and an ES module has none of them.
  banner: {
    js: [
      `import { createRequire as __createRequire } from 'node:module';`,
      'const require = __createRequire(import.meta.url);',
      'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
    ].join('\n'),
  },
});
