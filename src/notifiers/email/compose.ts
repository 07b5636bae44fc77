import MailComposer from 'nodemailer/lib/mail-composer';
import type { Card, Inline } from '../../core/card/card.ts';
import { inlines } from '../../core/card/line.ts';
import { readMailbox } from './mailbox.ts';
import type { Recipient } from './recipient.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';
import type { EmailSettings } from './schema.ts';
import { oneLine, wordsOf } from './words.ts';

/** Programs that list messages show about this much of a subject, characters. */
const maxSubject = 150;

export interface Letter {
  recipient: Recipient;
  card: Card;
  deliveryId: string;
  /** The page, and the address of the one click, by which the reader ends this; undefined where there is none. */
  unsubscribeUrl: string | undefined;
}

/**
 * One message with its headers, as bytes. Its Message-ID is made of the delivery's id: should the same one be sent
 * twice, programs that look at it show it once.
 */
export function compose(settings: EmailSettings, letter: Letter): Promise<Buffer> {
  const { recipient, card, deliveryId } = letter;
  const { zone, address } = recipient;
  const from = readMailbox(settings.from);
  const footer = footerOf(letter);
  const words = (line: Inline[]) => line.map((part) => wordsOf(part, zone)).join('');
  const node = new MailComposer({
    from,
    to: { name: '', address },
    ...(settings.replyTo === undefined ? {} : { replyTo: settings.replyTo }),
    subject: oneLine(words(inlines(card.summary)), maxSubject),
    messageId: messageIdOf(settings, deliveryId),
    text: renderText(card, { zone, footer: footer.map(textLine) }),
    html: renderHtml(card, { zone, footer }),
    headers: headersOf(letter, domainOf(from.address)),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  }).compile();
  return node.build();
}

/** The Message-ID of a delivery, in angle brackets. */
export function messageIdOf({ from }: EmailSettings, deliveryId: string): string {
  const id = deliveryId.replace(/[^A-Za-z0-9.-]/g, '-');
  return `<${id}@${domainOf(readMailbox(from).address)}>`;
}

/** RFC 2919, RFC 2369, RFC 8058; and RFC 3834, so that nobody's absence is announced to us. */
function headersOf({ recipient: { list }, unsubscribeUrl }: Letter, domain: string): Record<string, string> {
  const automatic = { 'Auto-Submitted': 'auto-generated' };
  if (!list) return automatic;
  const id = { 'List-Id': `<${list.name}.list.${domain}>`, Precedence: 'list' };
  if (unsubscribeUrl === undefined) return { ...automatic, ...id };
  return {
    ...automatic,
    ...id,
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

function footerOf({ recipient: { list }, unsubscribeUrl }: Letter): Inline[][] {
  if (!list) return [];
  const why: Inline = { type: 'text', text: `You get this because you are on the list "${list.title}". ` };
  if (unsubscribeUrl === undefined) return [[why]];
  return [[why, { type: 'link', text: 'Unsubscribe', url: unsubscribeUrl }]];
}

function textLine(line: Inline[]): string {
  return line
    .map((part) => (part.type === 'link' ? `${part.text}: ${part.url}` : wordsOf(part, undefined)))
    .join('');
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
