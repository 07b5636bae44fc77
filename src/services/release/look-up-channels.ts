import pMap from 'p-map';
import type { Plan } from '../../core/plan/plan.ts';
import { deriveSchedule } from '../../core/schedule/derive-schedule.ts';
import { directoryOf } from '../kernel/ask-platform.ts';
import type { Directories } from '../ports/directory.ts';

/** So many questions at a time. */
const concurrency = 4;

/** Finds every channel that a plan or its schedule names, with a sentence for each that can't be posted in. */
export async function lookUpChannels(
  directories: Directories,
  plan: Plan,
): Promise<{ channels: { name: string; channelId: string }[]; problems: string[] }> {
  const names = [
    ...new Set([...Object.values(plan.channels), ...deriveSchedule(plan).map((item) => item.channel)]),
  ];
  const directory = directoryOf({ directories }, 'slack');
  const problems: string[] = [];
  const channels: { name: string; channelId: string }[] = [];
  const found = await pMap(names, (name) => directory.findChannel(name), { concurrency });
  for (const [index, name] of names.entries()) {
    const channel = found[index];
    if (!channel) problems.push(`There is no channel ${name} that I can see; create it or invite me.`);
    else if (!channel.isMember) problems.push(`I am not in ${name}; invite me there.`);
    else channels.push({ name, channelId: channel.id });
  }
  return { channels, problems };
}
