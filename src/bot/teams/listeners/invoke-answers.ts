import type { InvokeResponse } from 'botbuilder';
import { shortenText } from '../../../lib/shorten-text.ts';
import type { AdaptiveCard } from '../render/element.ts';
import { inertLine } from '../render/escape.ts';
import { teamsLimits } from '../render/limits.ts';
import { cardType } from '../render/message.ts';

/** Of what is said below a card, or in the place of a dialog. Characters. */
export const longestMessage = 1_000;

/** Said where there is no room for an answer. */
export const sentToChat = 'I sent it to you in our chat.';

/** Takes the place of the card for whoever acted. */
export function replaceCard(card: AdaptiveCard): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type: cardType, value: card } };
}

/** Is said below the card to whoever acted, and to nobody else. */
export function sayBelow(text: string): InvokeResponse {
  const value = shortenText(text, longestMessage);
  return {
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value },
  };
}

/** Opens a dialog, or shows something else in it. */
export function showDialog(title: string, content: AdaptiveCard): InvokeResponse {
  const value = {
    title: inertLine(title, teamsLimits.dialogTitle) || 'tminus',
    width: 'medium',
    height: 'medium',
    card: { contentType: cardType, content },
  };
  return { status: 200, body: { task: { type: 'continue', value } } };
}

/** Says something in the place of a dialog. */
export function sayInDialog(text: string): InvokeResponse {
  return { status: 200, body: { task: { type: 'message', value: shortenText(text, longestMessage) } } };
}

export const closeDialog: InvokeResponse = { status: 200 };
