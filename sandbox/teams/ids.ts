import { createHash } from 'node:crypto';

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A UUID that is always the same for the same text. */
export function uuidOf(text: string): string {
  const hex = hash(text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A user's id for one bot, `29:…`; always the same for the same text. */
export function mriOf(text: string): string {
  return `29:1${hash(`mri ${text}`).slice(0, 40)}`;
}

/** A channel's conversation id, `19:…@thread.tacv2`; always the same for the same text. */
export function channelIdOf(text: string): string {
  return `19:${hash(`channel ${text}`).slice(0, 32)}@thread.tacv2`;
}

/** The personal conversation of somebody with the bot, `a:…`; always the same for the same text. */
export function personalIdOf(text: string): string {
  return `a:1${hash(`personal ${text}`).slice(0, 40)}`;
}
