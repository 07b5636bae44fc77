import { fileURLToPath } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';

/** How any program here is bundled. What is imported lazily becomes a file of its own and is still loaded lazily. */
export const plainOptions = {
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
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
} as const satisfies BuildOptions;

/**
 * Bolt loads all of its receivers with all they need: Express, OAuth, JSON Web Tokens, character sets. None is used
 * here, where it gets a receiver of our own, and they are a tenth of the program.
 */
const noReceivers: Plugin = {
  name: 'no-receivers',
  setup: ({ onResolve }) => {
    const stub = fileURLToPath(new URL('no-receiver.cjs', import.meta.url));
    onResolve({ filter: /^(\.\/receivers\/|@slack\/oauth$)/ }, ({ importer }) => {
      return /@slack\/bolt\/dist\/(App|index)\.js$/.test(importer.replaceAll('\\', '/'))
        ? { path: stub }
        : undefined;
    });
  },
};

/** How tminus is bundled: without what its libraries load at their start and it never uses. */
export const bundleOptions: BuildOptions = {
  ...plainOptions,
  plugins: [noReceivers],
  define: {
    // Both would make Node load all of its own `fetch`, a tenth of the start: pg, to find out whether it runs at
    // Cloudflare, makes a `Response` where there is no navigator, as before Node 21; and undici, which brings
    // headers of its own, takes Node's for cookies too.
    navigator: JSON.stringify({ userAgent: 'Node.js' }),
    'globalThis.Headers': 'undefined',
  },
};
