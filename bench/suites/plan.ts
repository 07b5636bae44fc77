import { startChild } from '../child.ts';
import type { BotProcess } from '../processes/bot-main.ts';
import type { WorkspaceProcess } from '../processes/workspace-main.ts';
import { figure, type Report } from '../report.ts';
import { median } from '../statistics.ts';
import type { BenchContext } from '../suite.ts';

const channels = Array.from({ length: 50 }, (_, index) => `bench-${index + 1}`);
/** A single planning says little on a busy machine: the first and the last are so many. */
const groupSize = 25;

/** Whether a release is planned as fast when hundreds are planned already. */
export async function measurePlanning({
  bundle,
  servers,
  quick,
  profileTo,
  say,
}: BenchContext): Promise<Report> {
  const releases = quick ? 2 * groupSize : 500;
  const workspace = startChild<WorkspaceProcess>(bundle('workspace-main'));
  const apiUrl = await workspace.ask('start', { channels });
  const bot = startChild<BotProcess>(bundle('bot-main'), { profileTo });
  const slack = { mode: 'http', botToken: 'xoxb-bench', signingSecret: 'unused', apiUrl } as const;
  await bot.ask('start', { databaseUrl: await servers.createDatabase('plan'), slack });
  say(`plan: ${releases} releases`);
  const places = channels.map((channel) => `#${channel}`);
  const durations = await bot.ask('planTimed', { releases: releases + groupSize, channels: places });
  await bot.ask('stop', undefined);
  await Promise.all([bot.stop(), workspace.stop()]);
  // What warms up does not count.
  const counted = durations.slice(groupSize);
  const first = median(counted.slice(0, groupSize));
  const last = median(counted.slice(-groupSize));
  return {
    title: 'Planning many releases',
    about: [
      `${releases} releases with the whole default schedule are planned one after the other, each in one transaction: ` +
        `plan, people, schedule, timers, audit, outbox. The first and the last ${groupSize} are compared by their median.`,
    ],
    tables: [
      {
        title: 'One release',
        columns: ['', 'ms'],
        rows: [
          [`the first ${groupSize}`, figure(first)],
          [`the last ${groupSize}`, figure(last)],
        ],
      },
    ],
    aims: [{ what: 'The last takes as long as the first', most: 1.25, measured: last / first, unit: ' ×' }],
  };
}
