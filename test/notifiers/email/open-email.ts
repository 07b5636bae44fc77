import { systemClock } from '../../../src/lib/clock.ts';
import { notifier } from '../../../src/notifiers/email/index.ts';
import type { MessageChannel } from '../../../src/services/ports/message-channel.ts';
import { certificateFile, credentials } from '../../support/mail-server.ts';

/** The e-mail notifier with a server on this machine. */
export function openEmail(
  port: number,
  { server = {}, ...settings }: { server?: object; [setting: string]: unknown } = {},
): MessageChannel {
  const given = { host: 'localhost', port, caFile: certificateFile, ...credentials, ...server };
  const lists = {
    customers: { addresses: ['ann@example.com', 'bo@example.com'], title: 'News for customers' },
  };
  const from = 'Web shop releases <releases@shop.example>';
  return notifier.create(
    { from, lists, timeoutMs: 3_000, ...settings, server: given },
    { clock: systemClock },
  );
}
