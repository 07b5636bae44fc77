import { createFetch } from '../../lib/http/create-fetch.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import { type DeploymentDriver, DriverError } from '../../services/ports/deployment-driver.ts';
import { nearestWeights, type SideCounts, type SideWeights, shareOf } from './nearest-weights.ts';
import { readVersion } from './read-version.ts';
import { askRuntime } from './runtime-socket.ts';
import type { HaproxySettings } from './schema.ts';
import { readServersState } from './servers-state.ts';
import { toTargetState } from './to-target-state.ts';

const maxVersionBytes = 65_536;
/** HAProxy shows a weight in its next answer; what it does not show by then it did not take. */
const deadlineMs = 1_500;
/** With one server on either side every whole percent is exact; with several, the nearest weights have to do. */
const weightTolerance = 0.5;

/**
 * Splits a backend's traffic by the weights of its servers, set at HAProxy's runtime socket. HAProxy knows no versions, so
 * the servers are asked for theirs. It keeps no operations either: the same command twice leaves the same weights.
 */
export function createHaproxyDriver(settings: HaproxySettings): DeploymentDriver {
  const { backend, stable, candidate, timeoutMs } = settings;
  const counts = { stable: stable.servers.length, candidate: candidate.servers.length };
  const fetch = createFetch({ maxBytes: maxVersionBytes, timeoutMs });

  const setWeights = async (weights: SideWeights): Promise<null> => {
    const answer = await askRuntime(settings, weightCommands(settings, weights));
    if (answer === '') return null;
    throw new DriverError(`HAProxy refused: ${shortenText(answer.replaceAll(/\s*\n\s*/g, ' '), 300)}`);
  };

  return {
    observe: async ({ target: { version } }) => {
      const [text, ofStable, ofCandidate] = await Promise.all([
        askRuntime(settings, `show servers state ${backend}`),
        readVersion(fetch, stable.versionUrl),
        readVersion(fetch, candidate.versionUrl),
      ]);
      return toTargetState(readServersState(text), settings, {
        // Nothing depends on its name; a rollback has to be confirmed although it can't be read.
        stable: ofStable ?? stable.servers.join(', '),
        // A version that is down has no traffic, which a rollback from it has to show.
        candidate: ofCandidate ?? version,
      });
    },
    weightTolerance,
    hasNamedSides: true,
    commands: {
      setWeight: {
        deadlineMs,
        nearestWeight: (percent) => shareOf(nearestWeights(percent, counts), counts) ?? 0,
        run: async ({ target, weight }) => {
          const weights = weightsFor(weight, counts);
          requireCandidate(target.version, await readVersion(fetch, candidate.versionUrl));
          return setWeights(weights);
        },
      },
      // Asks nothing first: it has to work when the candidate answers nothing any more.
      rollBack: { deadlineMs, run: () => setWeights(nearestWeights(0, counts)) },
    },
  };
}

/** @throws DriverError unless whole weights come near enough to the percentage. */
function weightsFor(percent: number, counts: SideCounts): SideWeights {
  if (!(percent >= 0 && percent <= 100)) throw new DriverError('A weight must be 0 to 100 percent.');
  const weights = nearestWeights(percent, counts);
  const share = shareOf(weights, counts) ?? 0;
  if (Math.abs(share - percent) <= weightTolerance) return weights;
  throw new DriverError(
    `HAProxy can't send ${percent} % to ${counts.candidate} of ${counts.stable + counts.candidate} servers: the nearest is ${share.toFixed(1)} %. Plan that share, or name fewer servers as the candidate.`,
  );
}

function requireCandidate(wanted: string, found: string | null): void {
  if (found === null)
    throw new DriverError(
      "The candidate's servers don't tell their version. Check candidate.versionUrl, and whether they are up.",
    );
  if (found !== wanted)
    throw new DriverError(
      `The candidate's servers run ${found}, not ${wanted}. Deploy ${wanted} to them, then try again.`,
    );
}

/** One line; the side that gains comes first, so that somebody takes traffic at every instant. */
function weightCommands({ backend, stable, candidate }: HaproxySettings, weights: SideWeights): string {
  const setAll = (servers: readonly string[], weight: number) =>
    servers.map((server) => `set server ${backend}/${server} weight ${weight}`);
  const ofStable = setAll(stable.servers, weights.stable);
  const ofCandidate = setAll(candidate.servers, weights.candidate);
  const inOrder = weights.candidate === 0 ? [ofStable, ofCandidate] : [ofCandidate, ofStable];
  return inOrder.flat().join(';');
}
