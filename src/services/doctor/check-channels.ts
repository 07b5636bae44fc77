import type { Finding } from '../../core/doctor/finding.ts';
import type { Directory } from '../ports/directory.ts';
import type { Examined } from './examined.ts';

type Parts = Pick<Examined, 'directories' | 'channels' | 'defaultChannels'>;

/** Whether tminus can post to each of the channels that the configuration gives to audiences. */
export async function checkChannels({ directories, defaultChannels }: Parts): Promise<Finding[]> {
  const addresses = new Set(Object.values(defaultChannels).flatMap((list) => list ?? []));
  const problems = await Promise.all([...addresses].map((address) => problemOf(address, directories)));
  const findings = problems.filter((finding) => finding !== null);
  if (findings.length > 0 || addresses.size === 0) return findings;
  return [{ part: 'Channels', state: 'well', says: 'tminus can post to all of those in tminus.yaml.' }];
}

async function problemOf(address: string, directories: Parts['directories']): Promise<Finding | null> {
  const part = `Channel ${address}`;
  const found = ofPlatform(address, directories);
  // An address of a notifier is checked with its notifier.
  if (!found) return null;
  const channel = await found.directory.findChannel(found.name);
  if (!channel) {
    const says = `tminus sees no such channel. If it is private, invite tminus there with ${found.directory.invitation}.`;
    return { part, state: 'unwell', says };
  }
  if (channel.isMember) return null;
  const says = `tminus is not in it, and can't post. Type ${found.directory.invitation} there.`;
  return { part, state: 'unwell', says };
}

function ofPlatform(
  address: string,
  directories: Parts['directories'],
): { directory: Directory; name: string } | null {
  for (const directory of directories.values()) {
    const name = directory.readAddress(address);
    if (name !== null) return { directory, name };
  }
  return null;
}
