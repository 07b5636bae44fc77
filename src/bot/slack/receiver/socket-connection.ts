import type { Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';

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

export function createSocketConnection(): SocketConnection {
  // As the SDK does it: a WebSocket needs HTTP/1.1.
  const connect = buildConnector({ allowH2: false });
  const open = new Set<Socket>();
  let latest: Socket | undefined;
  return {
    dispatcher: new Agent({
      connect: (options, callback) => {
        connect(options, (...result) => {
          const [, socket] = result;
          if (socket) {
            latest = socket;
            open.add(socket);
            socket.once('close', () => open.delete(socket));
          }
          callback(...result);
        });
      },
    }),
    end: ({ keepLatest }) => {
      for (const socket of open) if (!keepLatest || socket !== latest) socket.destroy();
    },
  };
}
