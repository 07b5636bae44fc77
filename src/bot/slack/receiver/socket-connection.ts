import type { Socket } from 'node:net';
import { buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { hostsWithoutProxy } from '../../../lib/http/proxies.ts';

/** The connection under Socket Mode, which the SDK keeps to itself. */
export interface SocketConnection {
  /** The Socket Mode client connects through this. */
  dispatcher: Dispatcher;
  /**
   * Destroys the connections that were opened; `keepLatest` spares the one in use. The SDK does the same to a peer
   * that does not answer, but only where it made the dispatcher itself.
   */
  end(options: { keepLatest: boolean }): void;
}

/** Connections go through the proxies of the environment. */
export function createSocketConnection(): SocketConnection {
  const open = new Set<Socket>();
  let latest: Socket | undefined;
  // As the SDK does it: a WebSocket needs HTTP/1.1.
  const plainConnect = buildConnector({ allowH2: false });
  const connect: buildConnector.connector = (options, callback) => {
    plainConnect(options, (...result) => {
      const [, socket] = result;
      if (socket) {
        latest = socket;
        open.add(socket);
        socket.once('close', () => open.delete(socket));
      }
      callback(...result);
    });
  };
  return {
    dispatcher: new EnvHttpProxyAgent({
      noProxy: hostsWithoutProxy(),
      connect,
      // The connection to a proxy, in which the one to Slack is.
      clientFactory: (proxy) => new Pool(proxy, { connect }),
    }),
    end: ({ keepLatest }) => {
      for (const socket of open) if (!keepLatest || socket !== latest) socket.destroy();
    },
  };
}
