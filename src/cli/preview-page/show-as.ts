import type { Card } from '../../core/card/card.ts';
import { commandWords, lineText, type SpellCommand, spelledText } from '../../core/card/line.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { cardText } from '../../core/template/card-text.ts';
import type { PreviewedMessage } from '../../core/template/preview-messages.ts';
import { escapeHtml } from '../../lib/escape-html.ts';
import { renderHtml } from '../../notifiers/email/render-html.ts';
import { renderText } from '../../notifiers/email/render-text.ts';
import { payloadOf } from '../../notifiers/webhook/payload.ts';
import { cardHtml } from './card-html.ts';

/** Where a message can be previewed as it is shown there. */
export const SHOWN_AS = ['slack', 'teams', 'email', 'webhook'] as const;
export type ShownAs = (typeof SHOWN_AS)[number];

/** A message as one kind of destination gets it. */
interface Shown {
  text: string;
  html: string;
}

type Show = (card: Card, plan: Plan, message: PreviewedMessage) => Shown;

const shows: Record<ShownAs, Show> = {
  slack: (card) => inChat(card, (command) => `/${commandWords(command)}`),
  teams: (card) => inChat(card, (command) => `@tminus ${commandWords(command)}`),
  email: asEmail,
  webhook: asWebhook,
};

/** What is read at a kind of destination, with the notification or subject that comes before it. */
export function showAs(kind: ShownAs, plan: Plan, message: PreviewedMessage & { card: Card }): Shown {
  return shows[kind](message.card, plan, message);
}

function inChat(card: Card, spell: SpellCommand): Shown {
  const notification = spelledText(card.summary, spell);
  return {
    text: `Notification: ${notification}\n\n${cardText(card, spell)}`,
    html: `<p class="note">Notification: ${escapeHtml(notification)}</p>\n${cardHtml(card, spell)}`,
  };
}

/** A mail has no buttons; its HTML is shown apart, so that its style and that of the page leave each other alone. */
function asEmail(card: Card, { goLive: { zone } }: Plan): Shown {
  const subject = `Subject: ${lineText(card.summary)}`;
  const html = renderHtml(card, { zone, footer: [] });
  return {
    text: `${subject}\n\n${renderText(card, { zone, footer: [] })}`.trimEnd(),
    html: `<p class="note">${escapeHtml(subject)}</p>\n<iframe class="mail" sandbox="" title="${escapeHtml(subject)}" srcdoc="${escapeHtml(html)}"></iframe>`,
  };
}

/** Without what only a release that is planned has: its id, its state, and when the message was written. */
function asWebhook(card: Card, _plan: Plan, { item }: PreviewedMessage): Shown {
  const payload = payloadOf({
    card,
    deliveryId: `preview-${item.key}`,
    topic: item.audience,
    about: undefined,
  });
  const { key, audience, customerFacing = false } = item;
  const data = { ...payload.data, item: key, audience, customerFacing };
  const json = JSON.stringify({ ...payload, data }, null, 2);
  return { text: json, html: `<pre>${escapeHtml(json)}</pre>` };
}
