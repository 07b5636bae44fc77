import * as z from 'zod';
import type { TargetState } from '../../core/rollout/target-state.ts';
import { errorChain } from '../../lib/error-chain.ts';
import { isCoded } from '../../lib/error-code.ts';
import { createFetch, type Fetch } from '../../lib/http/create-fetch.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import { type DeploymentDriver, DriverError } from '../../services/ports/deployment-driver.ts';
import type { DemoDriverSettings } from './schema.ts';

const maxAnswerBytes = 65_536;
/** The splitter shows a command in its next answer; what it does not show by then it did not take. */
const deadlineMs = 1_500;

const StateAnswer = z.object({
  weight: z.number().min(0).max(100),
  stableVersion: z.string(),
  candidateVersion: z.string().nullable(),
});
const RefusalAnswer = z.object({ message: z.string() });

interface AdminRequest {
  method: 'GET' | 'PUT' | 'POST';
  path: '/admin/state' | '/admin/weight' | '/admin/rollback';
  body?: Record<string, string | number>;
}

interface AdminAnswer {
  status: number;
  /** The JSON; null when there is none. */
  body: unknown;
}

/**
 * Drives the demo service through its splitter's admin API. The API knows operations by their id, so a
 * command that is sent again is not carried out again. A time-out says nothing about whether the
 * command was carried out: `observe` does.
 */
export function createDemoDriver(config: DemoDriverSettings): DeploymentDriver {
  const fetch = createFetch({ maxBytes: maxAnswerBytes, timeoutMs: config.timeoutMs });

  const ask = async (request: AdminRequest): Promise<unknown> => {
    const answer = await send({ config, fetch, request });
    if (answer.status === 200) return answer.body;
    const said = RefusalAnswer.safeParse(answer.body);
    const reason = said.success ? `: ${shortenText(hideToken(said.data.message, config.token), 300)}` : '.';
    throw new DriverError(`The demo's splitter answered HTTP ${answer.status}${reason}`);
  };

  return {
    observe: async () => {
      const state = StateAnswer.safeParse(await ask({ method: 'GET', path: '/admin/state' }));
      if (state.success) return toTargetState(state.data);
      throw new DriverError("The demo's splitter answered with something that is not its state.");
    },
    weightTolerance: 0,
    commands: {
      setWeight: {
        deadlineMs,
        run: async ({ target: { version }, operation, weight }) => {
          const body = { version, weight, operationId: operation.id };
          await ask({ method: 'PUT', path: '/admin/weight', body });
          return null;
        },
      },
      rollBack: {
        deadlineMs,
        run: async ({ operation }) => {
          await ask({ method: 'POST', path: '/admin/rollback', body: { operationId: operation.id } });
          return null;
        },
      },
    },
  };
}

/** The splitter counts in percent and changes at once: there is nothing to wait for. */
function toTargetState(answer: z.infer<typeof StateAnswer>): TargetState {
  return {
    ...answer,
    countedWeight: null,
    readiness: null,
    progress: null,
    generation: null,
    status: { kind: 'done' },
  };
}

async function send(input: {
  config: DemoDriverSettings;
  fetch: Fetch;
  request: AdminRequest;
}): Promise<AdminAnswer> {
  const { config, fetch, request } = input;
  try {
    const response = await fetch(new URL(request.path, config.adminUrl), {
      method: request.method,
      headers: { authorization: `Bearer ${config.token}`, 'content-type': 'application/json' },
      body: request.body === undefined ? null : JSON.stringify(request.body),
    });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch (error) {
    throw new DriverError(describeFailure(error, config.timeoutMs));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Only the kind of failure: a message or a stack of another library may hold what was sent. */
function describeFailure(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return `The demo's splitter did not answer within ${timeoutMs / 1000} s.`;
  }
  const code = errorChain(error).find(isCoded)?.code;
  if (code !== undefined) return `The demo's splitter can't be reached (${code}).`;
  // Not the network's doing: it says nothing about the target.
  return `The demo's driver failed (${error instanceof Error ? error.name : typeof error}).`;
}

function hideToken(message: string, token: string): string {
  return message.replaceAll(token, '…');
}
