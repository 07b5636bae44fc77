import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { StateAnswer, toTargetState } from '../../core/rollout/state-answer.ts';
import type { AdapterContext } from '../../lib/create-adapter-registry.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import {
  type CommandCall,
  type DeploymentDriver,
  DriverError,
} from '../../services/ports/deployment-driver.ts';
import type { WebhookCommand, WebhookDriverSettings } from './schema.ts';
import { createSignedRequest } from './signed-request.ts';

const RefusalAnswer = z.object({ message: z.string() });

/** What a request is called in its `type`. */
const types: Record<WebhookCommand, string> = {
  setWeight: 'deployment.set-weight',
  promote: 'deployment.promote',
  pause: 'deployment.pause',
  resume: 'deployment.resume',
  abort: 'deployment.abort',
  rollBack: 'deployment.roll-back',
};

/**
 * Drives whatever a service of your own deploys. Each request is signed, and carries the id of its operation, by which the
 * service knows a command that comes again. An answer means that the command was taken; its state says whether it worked.
 */
export function createWebhookDriver(
  settings: WebhookDriverSettings,
  { clock }: AdapterContext,
): DeploymentDriver {
  const { deadlineMs, weightTolerance } = settings;
  const send = createSignedRequest(settings, clock);

  const ask = async (id: string, type: string, data: Record<string, unknown>): Promise<unknown> => {
    const { status, body } = await send(id, { type, data: { target: settings.target, ...data } });
    if (status >= 200 && status < 300) return body;
    const said = RefusalAnswer.safeParse(body);
    const words = said.success ? `: ${shortenText(hideSecrets(said.data.message, settings), 300)}` : '.';
    throw new DriverError(`The deployment service answered HTTP ${status}${words}`);
  };
  const give = (command: WebhookCommand) => async (call: CommandCall & { weight?: number }) => {
    const { target, operation, weight } = call;
    if (weight !== undefined && !(weight >= 0 && weight <= 100))
      throw new DriverError('A weight must be 0 to 100 percent.');
    const data = { version: target.version, operation: operation.id };
    await ask(operation.id, types[command], weight === undefined ? data : { ...data, weight });
    return null;
  };

  return {
    observe: async ({ target, operation }) => {
      const data = { version: target.version, operation: operation?.id ?? null };
      const state = StateAnswer.safeParse(await ask(randomUUID(), 'deployment.observe', data));
      if (state.success) return toTargetState(state.data);
      const [problem] = state.error.issues;
      const where = problem?.path.join('.') || 'the answer';
      throw new DriverError(
        `The deployment service answered with something that is not its state: ${where}: ${problem?.message}.`,
      );
    },
    weightTolerance,
    commands: Object.fromEntries(
      settings.commands.map((command) => [command, { deadlineMs, run: give(command) }]),
    ),
  };
}

function hideSecrets(message: string, { secret, previousSecret = secret }: WebhookDriverSettings): string {
  return message.replaceAll(secret, '…').replaceAll(previousSecret, '…');
}
