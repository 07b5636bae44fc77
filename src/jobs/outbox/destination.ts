import type { Destination } from '../../services/ports/chat-platform.ts';

/** A destination from its written form, `slack:channel:C…`. */
export function parseDestination(written: string): Destination {
  const [platform, kind, id] = written.split(':');
  const known = platform === 'slack' || platform === 'teams';
  if (!known || !id || (kind !== 'channel' && kind !== 'person' && kind !== 'home')) {
    throw new Error(`not a destination: ${written}`);
  }
  return { platform, kind, id };
}
