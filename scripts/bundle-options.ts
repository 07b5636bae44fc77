import type { BuildOptions } from 'esbuild';

/** How every program here is bundled. What is imported lazily becomes a file of its own and is still loaded lazily. */
export const bundleOptions = {
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // An addon that pg loads where it is installed, which it is not here.
  external: ['pg-native'],
  // Bundled CommonJS asks for these, and an ES module has none of them.
  banner: {
    js: [
      `import { createRequire as __createRequire } from 'node:module';`,
      'const require = __createRequire(import.meta.url);',
      'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
    ].join('\n'),
  },
} as const satisfies BuildOptions;
