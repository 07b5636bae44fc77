import { untilQuiet } from '../../lib/until-quiet.ts';

/**
 * Makes one function for many inputs into one for a single input: calls that come at the same moment, or while a
 * run is under way, are made together in the next, in the order of their keys and never two of one key. A run that
 * fails is done again for each of its inputs alone, beside the next run, so that only the one to blame fails or
 * waits; it must bear being done again.
 */
export function groupCalls<Input, Output>(
  run: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  { keyOf, most }: { keyOf: (input: Input) => string; most: number },
): (input: Input) => Promise<Output> {
  let waiting: Call<Input, Output>[] = [];
  let isRunning = false;
  const runAll = async () => {
    isRunning = true;
    while (waiting.length > 0) {
      await untilQuiet(() => Math.min(waiting.length, most));
      const calls = takeOneOfEach(waiting, keyOf, most);
      const taken = new Set(calls);
      waiting = waiting.filter((call) => !taken.has(call));
      await settle(run, calls);
    }
    isRunning = false;
  };
  return (input) =>
    new Promise<Output>((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (!isRunning) void runAll();
    });
}

interface Call<Input, Output> {
  input: Input;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

function takeOneOfEach<Input, Output>(
  waiting: readonly Call<Input, Output>[],
  keyOf: (input: Input) => string,
  most: number,
): Call<Input, Output>[] {
  const taken = new Map<string, Call<Input, Output>>();
  for (const call of waiting) {
    if (taken.size === most) break;
    const key = keyOf(call.input);
    if (!taken.has(key)) taken.set(key, call);
  }
  // In one order, so that two processes that lock several rows seldom wait for each other.
  return [...taken].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, call]) => call);
}

/** Never rejects, and waits for no repeat. */
async function settle<Input, Output>(
  run: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  calls: readonly Call<Input, Output>[],
): Promise<void> {
  try {
    const outputs = await run(calls.map(({ input }) => input));
    if (outputs.length !== calls.length) throw new Error('A run gave not every call its answer.');
    for (const [index, call] of calls.entries()) call.resolve(outputs[index] as Output);
  } catch (error) {
    if (calls.length === 1) calls[0]?.reject(error);
    else for (const call of calls) void settle(run, [call]);
  }
}
