import type { MessageAbout } from '../../src/core/messages/message-about.ts';

/** What a message of the example release is about, as it stands before go-live. */
export function aboutMessage(
  changes: Partial<MessageAbout['release']> & { writtenAt?: string } = {},
): MessageAbout {
  const { writtenAt = '2030-06-11T08:00:00.000Z', ...release } = changes;
  return {
    release: {
      id: '11111111-1111-4111-8111-111111111111',
      key: 'web-2.4.0',
      product: 'Web shop',
      version: '2.4.0',
      state: 'approved',
      context: 'approved',
      goLiveAt: '2030-06-18T08:00:00.000Z',
      completeAt: '2030-06-18T14:00:00.000Z',
      zone: 'Europe/Amsterdam',
      ...release,
    },
    item: 'announcement',
    writtenAt,
    audience: 'support',
    customerFacing: true,
  };
}
