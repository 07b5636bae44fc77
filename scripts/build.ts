import { buildBundle } from './build-bundle.ts';

await buildBundle();
console.log('Built the bundle in dist/');
