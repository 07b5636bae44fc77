import type { Finding } from '../../core/doctor/finding.ts';
import { findPlace } from '../release/look-up-addresses.ts';
import type { Examined } from './examined.ts';

type Parts = Pick<Examined, 'directories' | 'channels' | 'defaultChannels'>;

/** Whether tminus can post to each place that the configuration gives to audiences. */
export async function checkChannels(parts: Parts): Promise<Finding[]> {
  const addresses = new Set(Object.values(parts.defaultChannels).flatMap((list) => list ?? []));
  const problems = await Promise.all([...addresses].map((address) => problemOf(parts, address)));
  const findings = problems.filter((finding) => finding !== null);
  if (findings.length > 0 || addresses.size === 0) return findings;
  return [{ part: 'Channels', state: 'well', says: 'tminus can post to all of those in tminus.yaml.' }];
}

async function problemOf(parts: Parts, address: string): Promise<Finding | null> {
  const missing = () => 'tminus sees no such channel. Create it, or invite tminus into it.';
  const found = await findPlace(parts, address, missing);
  return typeof found === 'string' ? { part: `Channel ${address}`, state: 'unwell', says: found } : null;
}
