import { setTimeout as wait } from 'node:timers/promises';
import { createKubernetesClient } from '../../lib/kubernetes/kubernetes-client.ts';
import {
  type CommandCall,
  type DeploymentDriver,
  DriverError,
} from '../../services/ports/deployment-driver.ts';
import { type PromotionPatches, promoteFull, stepTo } from './promotion.ts';
import { type RolloutRead, readRollout, rolloutPath } from './rollout.ts';
import type { ArgoRolloutsSettings } from './schema.ts';
import { toTargetState } from './to-target-state.ts';
import { isGoingBack, planUndo } from './undo.ts';

/** How often something is read anew that somebody else was faster to change. */
const maxTries = 5;
/** How long Argo's controller may take until it has seen a new template, and how often it is looked at. Milliseconds. */
const seenWithinMs = 10_000;
const lookMs = 250;

/** Drives a Rollout as `kubectl argo rollouts` does. Its steps are its own; tminus says when the next one is taken. */
export function createArgoRolloutsDriver(settings: ArgoRolloutsSettings): DeploymentDriver {
  const { deadlineMs } = settings;
  const client = createKubernetesClient(settings, DriverError);
  const path = rolloutPath(settings);
  const read = () => readRollout(client, settings);
  const patch = async ({ spec, status }: PromotionPatches) => {
    if (spec) await client.mergePatch(path, { spec });
    // Sent to the Rollout itself, a status would be ignored silently.
    if (status) await client.mergePatch(`${path}/status`, { status });
    return null;
  };
  const commandOf = (patches: (found: RolloutRead, call: CommandCall) => PromotionPatches) => ({
    deadlineMs,
    run: async (call: CommandCall) => patch(patches(await read(), call)),
  });

  /** Puts the earlier template back; it is read anew when somebody else was faster. */
  const undo = async (version: string): Promise<void> => {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const found = await read();
      const body = planUndo(found, version);
      if (body === null || (await client.jsonPatch(found.holder.path, body))) return;
    }
    throw new DriverError(
      'The Rollout is being changed by something else all the time, or its template is not valid.',
    );
  };
  /** Going back from a full promotion would be a canary with all its steps. */
  const skipSteps = async (version: string): Promise<void> => {
    for (let leftMs = seenWithinMs; leftMs > 0; leftMs -= lookMs) {
      const found = await read();
      if (found.present === version || (found.generation.seen >= found.generation.wanted && found.isPromoted))
        return;
      if (isGoingBack(found, version)) {
        await patch({ status: { promoteFull: true } });
        return;
      }
      await wait(lookMs);
    }
    throw new DriverError('Argo Rollouts did not act on the earlier template in time.');
  };

  return {
    observe: async ({ target }) => toTargetState(await read(), target.version),
    weightTolerance: 0,
    commands: {
      promoteStep: {
        deadlineMs,
        run: async ({ target, weight }) => patch(stepTo(await read(), target.version, weight)),
      },
      promote: commandOf((found, { target }) => promoteFull(found, target.version)),
      pause: commandOf(() => ({ spec: { paused: true } })),
      // What was aborted is tried again, from its first step.
      resume: commandOf(({ rollout }) => ({
        spec: { paused: false },
        ...(rollout.status.abort && { status: { abort: false } }),
      })),
      abort: commandOf(() => ({ status: { abort: true } })),
      rollBack: {
        deadlineMs,
        run: async ({ target: { version } }) => {
          const found = await read();
          const isOut = found.present === version;
          // First, since it sends traffic back at once; but it leaves the new template.
          if (isOut && !found.isPromoted) await patch({ status: { abort: true } });
          if (isOut) await undo(version);
          if (isOut ? found.isPromoted : isGoingBack(found, version)) await skipSteps(version);
          return null;
        },
      },
    },
  };
}
