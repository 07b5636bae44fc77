import http, { type Server } from 'node:http';
import net from 'node:net';

/**
 * An HTTP proxy that tunnels every CONNECT to one port of this machine, whatever host it is asked for; where there
 * is no port, it refuses. `asked` has the hosts.
 */
export function createTunnelProxy(target: () => number | null): { server: Server; asked: string[] } {
  const asked: string[] = [];
  const server = http.createServer();
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    const port = target();
    if (port === null) return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const tunnel = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(tunnel).pipe(socket);
    });
    socket.on('error', () => tunnel.destroy());
    socket.on('close', () => tunnel.destroy());
    tunnel.on('error', () => socket.destroy());
  });
  return { server, asked };
}
