import type { Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';

/** The connection under Socket Mode, which the SDK keeps to itself. */
export interface SocketConnection {
  /** The Socket Mode client connects through this. */
  dispatcher: Dispatcher;
  /** What is sent before the present turn of the event loop is over leaves in one packet. */
  holdBack(): void;
  /**
   * Ends what was opened before, without a word; `keepLatest` spares the connection that is in use. The SDK would
   * do so with a peer that does not answer, but only when it connected by itself.
   */
  end(options: { keepLatest: boolean }): void;
}

export function createSocketConnection(): SocketConnection {
  // As the SDK does it: a WebSocket needs HTTP/1.1.
  const connect = buildConnector({ allowH2: false });
  const open = new Set<Socket>();
  let latest: Socket | undefined;
  let isHeld = false;
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
    holdBack: () => {
      if (isHeld || !latest) return;
      const held = latest;
      isHeld = true;
      held.cork();
      process.nextTick(() => {
        isHeld = false;
        held.uncork();
      });
    },
    end: ({ keepLatest }) => {
      for (const socket of open) if (!keepLatest || socket !== latest) socket.destroy();
    },
  };
}
