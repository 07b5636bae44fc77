import type { Log } from '../../src/db/log.ts';

/** Says nothing; where a test cares what is logged, it brings its own. */
export const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
