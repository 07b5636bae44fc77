import * as z from 'zod';
import { type Card, type Link, withoutButtons } from '../../core/card/card.ts';
import { inlines, lineText } from '../../core/card/line.ts';
import { cardMarkdown } from '../../core/card/markdown.ts';
import type { MessageAbout } from '../../core/messages/message-about.ts';
import { AUDIENCES } from '../../core/plan/audiences.ts';
import { RELEASE_CONTEXTS } from '../../core/release/release-context.ts';
import { releaseStates } from '../../core/release/release-state.ts';
import { cardText } from '../../core/template/card-text.ts';

const instant = z.string().describe('ISO 8601, UTC.');

/** What a receiver gets, as JSON. `docs/webhook.schema.json` is made of it. */
export const webhookPayload = z
  .object({
    type: z.literal('release.message'),
    timestamp: z
      .string()
      .nullable()
      .describe(
        'When the message was written, the same in every attempt; null when it is of no release. ISO 8601, UTC.',
      ),
    data: z.object({
      id: z
        .string()
        .describe('The same as the header webhook-id. Whatever comes twice under one id is one message.'),
      topic: z.string().describe('As the plan names the receiver: "blog" for "hooks:blog".'),
      release: z
        .object({
          id: z.string(),
          key: z.string().describe('As people name it: "web-2.4.0".'),
          product: z.string(),
          version: z.string(),
          state: z.enum(releaseStates),
          context: z.enum(RELEASE_CONTEXTS).describe('How it stood when the message was written.'),
          goLiveAt: instant,
          completeAt: instant.describe('When everybody has it if all goes to plan. ISO 8601, UTC.'),
          zone: z.string().describe('IANA time zone of the release.'),
        })
        .nullable()
        .describe('Null for what is of no release.'),
      item: z.string().nullable().describe('The item of the schedule, or the event, by its key.'),
      audience: z.enum(AUDIENCES).nullable(),
      customerFacing: z.boolean(),
      headline: z.string().describe('One line.'),
      text: z.object({
        markdown: z.string().describe('CommonMark.'),
        plain: z.string(),
      }),
      facts: z.array(z.object({ name: z.string(), value: z.string() })),
      links: z.array(z.object({ label: z.string(), url: z.string() })),
    }),
  })
  .describe('A message of tminus, signed as https://www.standardwebhooks.com says.');
export type WebhookPayload = z.infer<typeof webhookPayload>;

/** The same text for each attempt, so that a repeat is known for one. */
export function payloadOf(message: {
  card: Card;
  deliveryId: string;
  topic: string;
  about: MessageAbout | undefined;
}): WebhookPayload {
  const { deliveryId: id, topic, about } = message;
  const card = withoutButtons(message.card);
  return {
    type: 'release.message',
    timestamp: about?.writtenAt ?? null,
    data: {
      id,
      topic,
      release: about?.release ?? null,
      item: about?.item ?? null,
      audience: about?.audience ?? null,
      customerFacing: about?.customerFacing ?? false,
      headline: lineText(card.summary),
      text: { markdown: cardMarkdown(card), plain: cardText(card) },
      facts: card.blocks.flatMap((block) => (block.type === 'fields' ? block.fields.map(factOf) : [])),
      links: linksOf(card),
    },
  };
}

function factOf({ name, content }: { name: string; content: Parameters<typeof lineText>[0] }) {
  return { name, value: lineText(content) };
}

/** Each page once, under the first label that it has. */
function linksOf({ blocks }: Card): Link[] {
  const links = blocks.flatMap((block): Link[] => {
    if (block.type === 'links') return block.links.map(({ label, url }) => ({ label, url }));
    const content = block.type === 'paragraph' || block.type === 'note' ? inlines(block.content) : [];
    return content.flatMap((part) => (part.type === 'link' ? [{ label: part.text, url: part.url }] : []));
  });
  return links.filter(({ url }, index) => links.findIndex((other) => other.url === url) === index);
}
