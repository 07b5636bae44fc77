import type { Installation, InstallationChange } from '../../teams-control-api.ts';
import { tellInstallation } from '../app/tell-installation.ts';
import type { TeamsCore } from '../core.ts';
import type { StoredInstallation } from '../stored.ts';
import { findPerson } from './find.ts';

/** Where the app is. */
export function readInstallation({ directory, seed }: TeamsCore): Installation {
  const { state } = directory.installationAt('team');
  const people = seed.people.map(({ id }) => [id, directory.installationAt(id).state]);
  return { team: state === 'removed' ? 'removed' : 'installed', people: Object.fromEntries(people) };
}

/** Somebody adds or removes the app, or blocks it. */
export async function changeInstallation(core: TeamsCore, change: InstallationChange): Promise<Installation> {
  const { directory } = core;
  const changes: [string, StoredInstallation['state']][] = Object.entries({
    ...change.people,
    ...(change.team === undefined ? {} : { team: change.team }),
  });
  for (const [place, state] of changes) {
    if (place !== 'team') findPerson(core, place);
    const before = directory.installationAt(place);
    if (before.state === state) continue;
    const silent = state === 'blocked' || before.state === 'blocked';
    directory.install(place, { state, told: silent });
    if (!silent && (await tellInstallation(core, place))) directory.install(place, { state, told: true });
  }
  return readInstallation(core);
}
