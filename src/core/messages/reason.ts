import { shortenAtWord } from '../../lib/shorten-text.ts';
import { type Block, bold, paragraph, text } from '../card/card.ts';

/** How much of a reason stands in a line, characters: a card that stays in a channel has to be read at a glance. */
const reasonShown = 200;

/** A reason for a line of a card. */
export function shortReason(reason: string): string {
  return shortenAtWord(reason, reasonShown);
}

/** Whether `shortReason` leaves something out. */
export function isLongReason(reason: string | null): reason is string {
  return reason !== null && reason.length > reasonShown;
}

/** The reasons that are too long for a line, in full, each under its title. */
export function quoteLongReasons(given: readonly { title: string; reason: string | null }[]): Block[] {
  return given.flatMap(({ title, reason }, index): Block[] => {
    // Somebody with two roles gives one reason for both.
    const told = given.slice(0, index).some((other) => other.title === title && other.reason === reason);
    if (told || !isLongReason(reason)) return [];
    return [paragraph(bold(title)), { type: 'quote', content: [text(reason)] }];
  });
}
