import { type ChatPlatform, createControlClient } from '../control-client.ts';
import { loadExamplePlan } from '../example-release.ts';
import { Stage } from '../story/stage.ts';
import { Moves } from './moves.ts';

const releaseChannel = '#release-deployment';

/**
 * The moves of the release that is planned on a platform. `unplanned`: none is there; `late`: it is too far on to be
 * shown from its plan. `timeoutMs`: how long anything may take to show, real milliseconds.
 */
export async function prepareMoves(
  url: string,
  platform: ChatPlatform,
  timeoutMs = 30_000,
): Promise<Moves | 'unplanned' | 'late'> {
  const control = createControlClient(url, platform);
  const stage = new Stage({ control, zone: 'UTC', timeoutMs });
  await stage.open();
  const [planned] = await stage.posts(releaseChannel);
  if (!planned) return 'unplanned';
  const { plan } = await loadExamplePlan(Date.parse(planned.at));
  const moves = new Moves(stage, plan);
  const { nowMs } = await control.clock();
  return nowMs < moves.pollOpensAt('readiness') ? moves : 'late';
}
