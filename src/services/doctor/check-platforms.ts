import type { Finding } from '../../core/doctor/finding.ts';
import { capitalize } from '../../lib/capitalize.ts';
import type { MessageChannel } from '../ports/message-channel.ts';
import type { Examined } from './examined.ts';

/** Whether each platform and notifier lets tminus in, with the permissions that it needs. */
export async function checkPlatforms({
  channels,
  directories,
}: Pick<Examined, 'channels' | 'directories'>): Promise<Finding[]> {
  return Promise.all(
    [...channels].map(([name, channel]) =>
      checkChannel(directories.has(name) ? capitalize(name) : `Notifier ${name}`, channel),
    ),
  );
}

async function checkChannel(part: string, channel: MessageChannel): Promise<Finding> {
  if (!channel.checkAccess) {
    return { part, state: 'well', says: 'It is configured. It can only be tried by sending something.' };
  }
  const problem = await channel.checkAccess();
  return problem === null
    ? { part, state: 'well', says: 'It lets tminus in.' }
    : { part, state: 'unwell', says: problem };
}
