import { defineConfig } from 'vitest/config';
import { LongStoriesFirst } from './test/story/support/long-stories-first.ts';

/** PostgreSQL and Redis for the run. */
const globalSetup = ['test/support/global-setup.ts'];

/** One worker a core, which loads what the files share once: no test replaces a module or leaves state in one. */
const quick = { isolate: false, maxWorkers: '100%' };

const thorough = 'test/**/*.thorough.test.ts';

/** Stories start whole processes, which mostly wait. After everything else, and never many at once: they would only slow each other down. */
const wholeProcesses = {
  globalSetup: [...globalSetup, 'test/story/support/build-programs.ts'],
  testTimeout: 300_000,
  hookTimeout: 120_000,
  maxWorkers: 2,
  sequence: { groupOrder: 1 },
};

/**
 * unit: no services, in seconds, part of `verify`. thorough: as unit, over hundreds of inputs or very large ones,
 * which takes longer. services: the layers over a real PostgreSQL and Redis.
 * sandbox: local servers over loopback. story: the whole thing, end to end, with a browser. long: a story that
 * takes minutes, which `npm run test:long` runs and `npm test` does not.
 */
export default defineConfig({
  test: {
    passWithNoTests: false,
    sequence: { sequencer: LongStoriesFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{lib,core,bot,page,config,cli,docs,scripts,support}/**/*.test.ts'],
          exclude: [thorough],
          testTimeout: 10_000,
          pool: 'threads',
          ...quick,
        },
      },
      {
        test: { name: 'thorough', include: [thorough], testTimeout: 10_000, pool: 'threads', ...quick },
      },
      {
        test: {
          name: 'services',
          include: ['test/{services,db,jobs,notifiers,http,app}/**/*.test.ts'],
          globalSetup,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          ...quick,
        },
      },
      {
        test: {
          name: 'sandbox',
          include: ['test/{sandbox,drivers,metrics}/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          ...quick,
        },
      },
      { test: { name: 'story', include: ['test/story/*.test.ts'], ...wholeProcesses } },
      { test: { name: 'long', include: ['test/story/long/*.test.ts'], ...wholeProcesses } },
    ],
  },
});
