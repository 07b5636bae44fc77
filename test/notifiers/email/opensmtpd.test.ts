import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paragraph } from '../../../src/core/card/card.ts';
import { eventually } from '../../support/eventually.ts';
import { canRunOpenSmtpd, type OpenSmtpd, startOpenSmtpd } from '../../support/start-opensmtpd.ts';
import { openEmail } from './open-email.ts';

// It has to be started as root, and only Debian has its package: elsewhere, `email.test.ts` is all
// there is. Encryption and passwords are tested there.
describe.skipIf(!canRunOpenSmtpd())('OpenSMTPD', () => {
  let folder: string;
  let server: OpenSmtpd;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'opensmtpd-'));
    server = await startOpenSmtpd(folder);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const card = { summary: 'Web shop 2.4.0 is live', blocks: [paragraph('Grüße an alle\n.\nEnde')] };
  const plain = { security: 'none', username: undefined, password: undefined };
  const post = (id: string) =>
    openEmail(server.port, { server: plain }).post({
      destination: { channel: 'email', kind: 'address', id },
      card,
      deliveryId: 'delivery-1',
    });

  it('delivers a message as it was written', async () => {
    expect(await post('customers/ann@example.com')).toMatchObject({ result: 'sent' });
    const [raw = ''] = await eventually(async () => {
      const messages = await server.delivered();
      expect(messages).toHaveLength(1);
      return messages;
    });
    const mail = await PostalMime.parse(raw);
    expect(mail).toMatchObject({ subject: 'Web shop 2.4.0 is live', messageId: '<delivery-1@shop.example>' });
    expect(mail.text).toContain('Grüße an alle\n.\nEnde');
  });

  it('refuses a recipient that it does not know, for good', async () => {
    expect(await post('nobody@example.com')).toMatchObject({ result: 'refused', code: 'smtp-524' });
  });
});
