import { buildBundle } from './build-bundle.ts';
import { bundles } from './bundles.ts';

const name = process.argv[2] === 'sandbox' ? 'sandbox' : 'tminus';
await buildBundle(bundles[name]);
console.log(`Built ${name} in ${bundles[name].outdir}/`);
