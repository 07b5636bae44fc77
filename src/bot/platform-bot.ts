import type { HttpRoutes } from '../http/http-server.ts';
import type { LeftRequest } from '../services/kernel/late-requests.ts';

/** How people reach tminus on one platform. */
export interface PlatformBot {
  /** What it answers on the HTTP server. */
  routes: readonly HttpRoutes[];
  /** Connects, where the bot is the one to connect. */
  start(): Promise<void>;
  /** Finishes what was acknowledged and not answered. True when the person heard what came of it. */
  repeat(request: LeftRequest): Promise<boolean>;
  /** Takes nothing new, and waits for the requests in progress. */
  stop(): Promise<void>;
}
