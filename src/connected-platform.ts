import type { DrawLiveCard } from './bot/cards/draw-live-card.ts';
import type { PlatformBot } from './bot/platform-bot.ts';
import type { LookUpOptions } from './bot/slack/client/look-up.ts';
import type { Queries } from './db/transaction.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import type { Services } from './services/kernel/context.ts';
import type { LateRequests } from './services/kernel/late-requests.ts';
import type { Directory } from './services/ports/directory.ts';
import type { MessageChannel } from './services/ports/message-channel.ts';

/** A chat platform, with everything that tminus does there. */
export interface ConnectedPlatform {
  /** As identities and destinations give it. */
  name: string;
  /** What carries messages there, and who and what is there. */
  channel: MessageChannel & Directory;
  createBot(parts: BotParts): PlatformBot;
}

export interface BotParts {
  services: Services;
  lateRequests: LateRequests;
  drawLiveCard: DrawLiveCard;
  /** Called at each change with whether there is a connection, where the platform keeps one open. */
  onConnection: (isConnected: boolean) => void;
}

export interface ConnectParts extends Pick<LookUpOptions, 'waitOut'> {
  clock: Clock;
  log: Log;
  /** It may still be opening. */
  db: Promise<Queries>;
}
