import { describe, expect, it } from 'vitest';
import { type Threads, threadModeFor } from '../../../src/core/plan/threads-schema.ts';
import { validatePlan } from '../../../src/core/plan-file/validate-plan.ts';
import { examplePlan } from '../plan/example-plan.ts';

const defaultThreads: Threads = { default: 'all', for: { support: 'none' } };

function modes(threads: Threads | undefined, defaults: Threads | undefined) {
  const given = { ...examplePlan(), ...(threads === undefined ? {} : { threads }) };
  const read = validatePlan(given, { defaultThreads: defaults });
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return (['support', 'sales'] as const).map((audience) =>
    threadModeFor(read.plan, { audience, address: `#${audience}` }),
  );
}

describe('what the configuration says of threads', () => {
  it.each<[Threads | undefined, Threads | undefined, string[]]>([
    [undefined, undefined, ['detail', 'detail']],
    [undefined, 'none', ['none', 'none']],
    [undefined, defaultThreads, ['none', 'all']],
    ['detail', defaultThreads, ['detail', 'detail']],
    [{ for: { sales: 'detail' } }, defaultThreads, ['none', 'detail']],
    [{ default: 'detail' }, defaultThreads, ['none', 'detail']],
    [{ for: { support: 'all' } }, 'none', ['all', 'none']],
  ])('counts where a plan says nothing: %o with %o', (own, defaults, expected) => {
    expect(modes(own, defaults)).toEqual(expected);
  });
});
