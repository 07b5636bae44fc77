import type { AddedMessage } from '../../../src/core/evidence/added-message.ts';

/** A message in the release's channel, changed as given. */
export function writtenMessage(changes: Partial<AddedMessage> = {}): AddedMessage {
  return {
    source: 'slack:T0EXAMPLE:C0RELEASE:1908522000.000100',
    text: 'All 212 checkout tests pass on staging.',
    author: 'Quinn Abara',
    link: 'https://example.slack.com/archives/C0RELEASE/p1908522000000100',
    writtenAt: Date.parse('2030-06-17T07:00:00Z'),
    ...changes,
  };
}
