import type { Activity } from 'botbuilder';
import type { Services } from '../../services/kernel/context.ts';
import type { LateRequests } from '../../services/kernel/late-requests.ts';
import type { DrawLiveCard } from '../cards/draw-live-card.ts';
import type { PlatformBot } from '../platform-bot.ts';
import { allSettled, withinTime } from '../requests/in-progress.ts';
import { repeatRequest } from '../requests/repeat-request.ts';
import type { TeamsAdapter } from './client/adapter.ts';
import type { TeamsPlatform } from './client/platform.ts';
import type { ConversationStore } from './client/store.ts';
import { repeatAction, tellOfAction } from './listeners/on-action.ts';
import { onActivity } from './listeners/on-activity.ts';
import { repeatForm, tellOfForm } from './listeners/on-form.ts';
import { repeatMessage, tellOfMessage } from './listeners/on-message.ts';
import { repeatShortcut, tellOfShortcut } from './listeners/on-shortcut.ts';
import type { TeamsContext } from './listeners/teams-context.ts';
import { createMessagesRoute } from './receiver/messages-route.ts';

export interface TeamsBotOptions {
  adapter: TeamsAdapter;
  platform: TeamsPlatform;
  store: ConversationStore;
  isServed: (tenantId: string) => boolean;
  services: Services;
  lateRequests: LateRequests;
  drawLiveCard: DrawLiveCard;
  targetedReplies: boolean;
}

/** Milliseconds that a stop waits for what was answered with "Working on it…". */
const drainMs = 10_000;

/** The bot behind `POST /api/messages`. */
export function createTeamsBot({ adapter, ...parts }: TeamsBotOptions): PlatformBot {
  const { services } = parts;
  const inProgress = new Set<Promise<unknown>>();
  const context: TeamsContext = { ...parts, inProgress };
  const route = createMessagesRoute({
    adapter,
    onActivity: (activity: Activity) => onActivity(context, activity),
    log: services.log,
  });
  const kinds = {
    command: { repeat: repeatMessage, tell: tellOfMessage },
    action: { repeat: repeatAction, tell: tellOfAction },
    form: { repeat: repeatForm, tell: tellOfForm },
    shortcut: { repeat: repeatShortcut, tell: tellOfShortcut },
  };
  return {
    routes: [route.routes],
    start: async () => undefined,
    repeat: (request) => repeatRequest(context, kinds, request),
    stop: async () => {
      await route.stop();
      await withinTime(allSettled(inProgress), drainMs);
    },
  };
}
