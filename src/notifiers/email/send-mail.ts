import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { SendOutcome } from '../../services/ports/message-channel.ts';
import { readFailure, type SmtpFailure } from './read-failure.ts';
import type { EmailSettings } from './schema.ts';

type Sent = { result: 'sent' } | Exclude<SendOutcome, { result: 'sent' }>;

/** One message as bytes, with whom it is from and for. */
export interface Envelope {
  from: string;
  to: string;
  message: Buffer;
}

/**
 * Sends one message over a connection of its own, once: nothing is kept open and nothing is repeated. `isStillOurs` is
 * asked when the server is ready for the message, and nothing is sent when it is not.
 */
export async function sendMail(
  settings: EmailSettings,
  {
    envelope,
    ca,
    isStillOurs,
  }: { envelope: Envelope; ca: string | undefined; isStillOurs: () => Promise<boolean> },
): Promise<Sent> {
  const connection = new SMTPConnection(optionsOf(settings, ca));
  const body = new NotedBody(envelope.message);
  let reject: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, rejectPromise) => {
    reject = rejectPromise;
  });
  // Whatever becomes of a connection after its message is of no interest.
  failed.catch(() => undefined);
  connection.on('error', (error) => reject(error));
  connection.on('end', () => reject(new Error('The connection ended.')));
  const timer = setTimeout(
    () => reject(new Error(`no answer within ${settings.timeoutMs} ms`)),
    settings.timeoutMs,
  );
  try {
    await Promise.race([open(connection, settings), failed]);
    if (!(await isStillOurs())) return { result: 'not-sent', detail: 'another process has taken it over' };
    await Promise.race([transmit(connection, { ...envelope, body }), failed]);
    return { result: 'sent' };
  } catch (error) {
    return readFailure(asFailure(error), body.isBegun);
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}

/** Why the server can't be used, in its words; null when it lets tminus in. Sends nothing. */
export async function checkServer(settings: EmailSettings, ca: string | undefined): Promise<string | null> {
  const connection = new SMTPConnection(optionsOf(settings, ca));
  const failed = new Promise<never>((_, reject) => connection.on('error', reject));
  try {
    await Promise.race([open(connection, settings), failed]);
    return null;
  } catch (error) {
    const failure = readFailure(asFailure(error), false);
    return 'detail' in failure ? failure.detail : 'it asks to wait';
  } finally {
    connection.close();
  }
}

function optionsOf({ server, timeoutMs }: EmailSettings, ca: string | undefined): SMTPConnectionOptions {
  const { host, port, security } = server;
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    logger: false,
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
  };
}

async function open(connection: SMTPConnection, { server }: EmailSettings): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    connection.connect((error) => (error ? reject(error) : resolve())),
  );
  const { username: user, password: pass } = server;
  if (user === undefined || pass === undefined) return;
  await new Promise<void>((resolve, reject) =>
    connection.login({ user, pass }, (error) => (error ? reject(error) : resolve())),
  );
}

function transmit(
  connection: SMTPConnection,
  { from, to, message, body }: Envelope & { body: Readable },
): Promise<void> {
  return new Promise((resolve, reject) =>
    connection.send({ from, to: [to], size: message.byteLength }, body, (error) =>
      error ? reject(error) : resolve(),
    ),
  );
}

/** Knows whether any of it was taken to be sent, which happens only when the server is ready for it. */
class NotedBody extends Readable {
  isBegun = false;
  readonly #message: Buffer;

  constructor(message: Buffer) {
    super();
    this.#message = message;
  }

  override _read(): void {
    this.isBegun = true;
    this.push(this.#message);
    this.push(null);
  }
}

function asFailure(error: unknown): SmtpFailure {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, code, originalCode, command, responseCode } = error as Error & Partial<SmtpFailure>;
  const answered = typeof responseCode === 'number' ? responseCode : undefined;
  return { message, code, originalCode, command, responseCode: answered };
}
