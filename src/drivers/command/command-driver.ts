import { StateAnswer, toTargetState } from '../../core/rollout/state-answer.ts';
import { isCoded } from '../../lib/error-code.ts';
import { type ProgramResult, runProgram } from '../../lib/run-program.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import {
  type CommandCall,
  type DeploymentDriver,
  type DriverCommands,
  DriverError,
} from '../../services/ports/deployment-driver.ts';
import { fillIn } from './fill-in.ts';
import type { Argv, CommandDriverSettings } from './schema.ts';

const maxOutputBytes = 64 * 1024;
const commandNames = ['setWeight', 'promote', 'pause', 'resume', 'abort', 'rollBack'] as const;

/**
 * Drives whatever programs of your own deploy. A program that exits with 0 has taken the command; the one for `observe`
 * says whether it worked. They get the id of the operation, and may be run again for the same one.
 */
export function createCommandDriver(settings: CommandDriverSettings): DeploymentDriver {
  const { deadlineMs, weightTolerance } = settings;
  const run = async (
    argv: Argv,
    call: Omit<CommandCall, 'operation'> & Partial<CommandCall>,
    weight?: number,
  ) => {
    const filled = fillIn(argv, {
      version: call.target.version,
      target: call.target.name,
      // A question is of no operation.
      operation: call.operation?.id ?? 'none',
      ...(weight === undefined ? {} : { weight: String(weight) }),
    });
    return succeeded(settings, filled, await start(settings, filled));
  };
  const give = (argv: Argv) => async (call: CommandCall & { weight?: number }) => {
    const { weight } = call;
    if (weight !== undefined && !(weight >= 0 && weight <= 100))
      throw new DriverError('A weight must be 0 to 100 percent.');
    await run(argv, call, weight);
    return null;
  };
  const commands: Partial<DriverCommands> = {};
  for (const name of commandNames) {
    const argv = settings[name];
    if (argv) commands[name] = { deadlineMs, run: give(argv) };
  }

  return {
    observe: async ({ target }) => readState(await run(settings.observe, { target })),
    weightTolerance,
    commands,
  };
}

async function start(settings: CommandDriverSettings, argv: Argv): Promise<ProgramResult> {
  const { cwd, env, secretEnv, timeoutMs } = settings;
  try {
    return await runProgram({
      argv,
      ...(cwd === undefined ? {} : { cwd }),
      env: pickVariables([...env, ...secretEnv]),
      timeoutMs,
      maxBytes: maxOutputBytes,
    });
  } catch (error) {
    const why = isCoded(error) ? error.code : errorName(error);
    throw new DriverError(`${argv[0]} can't be started (${why}).`);
  }
}

/** What it printed. @throws DriverError unless it ended well, with the last line that it wrote about it. */
function succeeded(settings: CommandDriverSettings, argv: Argv, result: ProgramResult): string {
  const { code, timedOut, stdout, stderr, isCut } = result;
  if (timedOut) throw new DriverError(`${argv[0]} was ended after ${settings.timeoutMs / 1000} s.`);
  if (code === 0 && !isCut) return stdout;
  const how = isCut ? 'printed too much' : code === null ? 'was ended by a signal' : `ended with ${code}`;
  const last = stderr.trim().split('\n').at(-1)?.trim();
  const words = last ? `: ${shortenText(hideSecrets(last, settings), 300)}` : '.';
  throw new DriverError(`${argv[0]} ${how}${words}`);
}

function readState(printed: string) {
  let value: unknown;
  try {
    value = JSON.parse(printed);
  } catch {
    throw new DriverError('What observe prints has to be JSON, and nothing besides.');
  }
  const state = StateAnswer.safeParse(value);
  if (state.success) return toTargetState(state.data);
  const [problem] = state.error.issues;
  const where = problem?.path.join('.') || 'it';
  throw new DriverError(`What observe prints is not a state: ${where}: ${problem?.message}.`);
}

function pickVariables(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (name in process.env ? [[name, process.env[name] ?? '']] : [])),
  );
}

function hideSecrets(text: string, { secretEnv }: CommandDriverSettings): string {
  const secrets = secretEnv.flatMap((name) => process.env[name] || []);
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
