import { readFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from 'smtp-server';

const fixtures = new URL('../lib/http/fixtures/', import.meta.url);
/** The certificate of `localhost`, which signs itself, as a file in PEM. */
export const certificateFile = new URL('localhost-certificate.pem', fixtures).pathname;
export const certificateKeyFile = new URL('localhost-key.pem', fixtures).pathname;

/** What the next messages meet instead of being taken. */
export type MailMishap =
  /** The server's answer to the recipient, or to the whole message. */
  | { at: 'recipient' | 'message'; code: number }
  /** The message was taken, and the connection ends before the server has said so. */
  | { at: 'after-message' }
  /** The server hears the message, and says nothing. */
  | { at: 'silence' };

export interface MailServer {
  port: number;
  /** The messages taken, oldest first, as they came and as an independent parser reads them. */
  received: { to: string; raw: string; mail: Email }[];
  mishaps: MailMishap[];
  /** Connections so far. */
  connections(): number;
  close(): Promise<void>;
}

/** What it takes as user name and password. */
export const credentials = { username: 'tminus', password: 'correct horse' };

/** A real SMTP server on a free port of this machine, with STARTTLS and AUTH. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: MailServer['received'] = [];
  const mishaps: MailMishap[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const next = (...at: MailMishap['at'][]) =>
    mishaps[0] !== undefined && at.includes(mishaps[0].at) ? mishaps.shift() : undefined;
  const server = new SMTPServer({
    key: readFileSync(certificateKeyFile),
    cert: readFileSync(certificateFile),
    onAuth: ({ username, password }, _session, done) => {
      const isRight = username === credentials.username && password === credentials.password;
      done(isRight ? null : answer(535), isRight ? { user: username ?? '' } : undefined);
    },
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onRcptTo: (_address, _session, done) => {
      const mishap = next('recipient');
      done(mishap && 'code' in mishap ? answer(mishap.code) : null);
    },
    onData: (stream, session, done) => {
      void textOf(stream).then(async (raw) => {
        const mishap = next('message', 'after-message', 'silence');
        if (mishap && 'code' in mishap) return done(answer(mishap.code));
        const to = session.envelope.rcptTo[0]?.address ?? '';
        if (mishap?.at === 'silence') return;
        received.push({ to, raw, mail: await PostalMime.parse(raw) });
        if (mishap) return endConnections(sockets);
        done();
      });
    },
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 500,
    ...options,
  });
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port, received, mishaps, connections: () => connections, close };
}

function answer(code: number): Error {
  return Object.assign(new Error(`answer ${code} of the test`), { responseCode: code });
}

async function textOf(stream: SMTPServerDataStream): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** Without a word to the client. */
function endConnections(sockets: Iterable<Socket>): void {
  for (const socket of sockets) socket.destroy();
}
