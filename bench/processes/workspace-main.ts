import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createControlClient } from '../../sandbox/control-client.ts';
import { SandboxClock } from '../../sandbox/sandbox-clock.ts';
import { defaultSeed } from '../../sandbox/workspace/seed.ts';
import { startWorkspace } from '../../sandbox/workspace/start-workspace.ts';
import { signingSecret } from '../command-payload.ts';
import { serveParent } from '../parent-link.ts';

let url = '';

const handlers = {
  /** Starts the local Slack workspace with these channels besides its own; its rate limits are off. */
  start: async ({ channels }: { channels: string[] }): Promise<string> => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tminus-bench-workspace-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const added = channels.map((name) => ({ id: channelId(name), name, topic: '', bot: true }));
    const workspace = await startWorkspace({
      port: 0,
      dataDir: folder,
      clock: new SandboxClock(),
      seed: { ...defaultSeed, channels: [...defaultSeed.channels, ...added] },
      signingSecret,
      botToken: 'xoxb-bench',
      appToken: 'xapp-bench',
      delivery: { kind: 'http', url: 'http://127.0.0.1:9/' },
      commands: [],
      scopes: ['chat:write', 'channels:read', 'groups:read', 'users:read', 'users:read.email'],
      events: [],
      limits: 'off',
    });
    url = workspace.url;
    return workspace.apiUrl;
  },
  /** The instants (epoch ms) at which messages were posted in the channels, from one instant on. */
  posted: async ({ channels, since }: { channels: string[]; since: number }): Promise<number[]> => {
    const control = createControlClient(url);
    const instants: number[] = [];
    for (const name of channels) {
      const messages = await control.messages(channelId(name));
      instants.push(...messages.map(({ at }) => Date.parse(at)).filter((at) => at >= since));
    }
    return instants;
  },
};
export type WorkspaceProcess = typeof handlers;
serveParent(handlers);

function channelId(name: string): string {
  return `C0${name.toUpperCase().replaceAll('-', '')}`;
}
