import { listWords } from '../../lib/list-words.ts';
import { type Block, type Button, type Card, command, paragraph, request, text } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import type { RequestState } from '../requests/request-state.ts';
import { ask, type Named } from './mention.ts';
import { requestButtons, requestOutcome } from './request-message.ts';

interface FreezeFacts {
  reason: string;
  /** Epoch ms. */
  until: number;
  zone: string;
}

/**
 * The card of a freeze that needs a second person, in a channel that it concerns; then what became of it. `people`: those
 * who may agree. Instants are epoch ms.
 */
export function freezeRequestCard(
  facts: FreezeFacts & {
    requestId: string;
    by: string;
    expiresAt: number;
    people: readonly Named[];
    /** The same who can't be mentioned, in words. */
    others?: readonly string[];
    state: RequestState;
    decidedByName: string | null;
    decidedAt: number | null;
    refusal: string | null;
  },
): Card {
  const { requestId, by, reason, until, zone, expiresAt, people, state, refusal } = facts;
  const summary = line`❄️ ${by} asks to freeze all releases until ${localDate(until, zone)}`;
  const asked: Block[] = [
    { type: 'header', text: `❄️ Freeze now? ${by} asks` },
    { type: 'quote', content: [text(reason)] },
  ];
  if (state !== 'open') {
    const quoted = refusal === null ? [] : [{ type: 'quote' as const, content: [text(refusal)] }];
    return { summary, blocks: [...asked, paragraph(requestOutcome(facts)), ...quoted] };
  }
  return {
    summary,
    blocks: [
      ...asked,
      paragraph(
        line`Until ${localDate(until, zone)}, nothing would be promoted, and releases due to go live in that time would be paused. Rolling back would still be possible.`,
      ),
      request(
        ask(
          people,
          line`a second person has to agree by ${localDate(expiresAt, zone)}. Without that, nothing happens.`,
          facts.others,
        ),
      ),
      { type: 'actions', buttons: freezeButtons(requestId) },
    ],
  };
}

/** Agree and refuse are for a second person; whoever asked can withdraw. */
export function freezeButtons(requestId: string): Button[] {
  return requestButtons(requestId, {
    label: 'Agree',
    style: 'danger',
    confirm: {
      title: 'Freeze everything?',
      text: 'Promotions stop at once, and releases due to go live are paused. Everyone concerned is told.',
      confirm: 'Freeze',
      deny: 'Cancel',
    },
  });
}

/** Tells a channel that everything is frozen. `held`: the keys of its releases that are paused. */
export function frozenMessage(
  facts: FreezeFacts & {
    by: string;
    agreedBy: string;
    held: readonly string[];
    promoting: readonly string[];
  },
): Card {
  const { reason, until, zone, by, agreedBy, held, promoting } = facts;
  const summary = line`❄️ Everything is frozen until ${localDate(until, zone)}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: '❄️ Everything is frozen' },
      { type: 'quote', content: [text(reason)] },
      paragraph(
        line`Until ${localDate(until, zone)}, by ${by} and ${agreedBy}. Nothing is promoted. Traffic stays as it is. Rolling back is still possible.`,
      ),
      ...paragraphs(
        held.length > 0 ? `Paused: ${listWords(held)}. They continue when the freeze ends.` : null,
        promoting.length > 0
          ? `A promotion of ${listWords(promoting)} had already begun and runs to its end. To stop it, roll back.`
          : null,
        line`All freezes: ${command('release', 'freeze')}.`,
      ),
    ],
  };
}

/** Tells a channel that go-live of its releases is in a freeze that was added. */
export function freezeAddedMessage(facts: {
  name: string;
  times: Line;
  by: string;
  keys: readonly string[];
}): Card {
  const { name, times, by, keys } = facts;
  const summary = line`❄️ ${by} added the freeze "${name}": ${times}`;
  const them = keys.length === 1 ? 'it' : 'each';
  return {
    summary,
    blocks: [
      paragraph(summary),
      paragraph(
        line`Go-live of ${listWords(keys)} falls in it, so nothing will be promoted then. Move ${them} with ${command('release', `reschedule ${keys[0] ?? ''}`)}.`,
      ),
    ],
  };
}

/** Tells a release's channel that freezes do not hold for it until an instant. */
export function glassBrokenMessage(facts: FreezeFacts & { releaseKey: string; by: string }): Card {
  const { releaseKey, by, reason, until, zone } = facts;
  const summary = `🔨 ${by} lets ${releaseKey} through the freezes`;
  return {
    summary,
    blocks: [
      paragraph(summary),
      { type: 'quote', content: [text(reason)] },
      paragraph(line`Until ${localDate(until, zone)} it may go live and be promoted despite any freeze.`),
    ],
  };
}

function paragraphs(...lines: (Line | null)[]): Block[] {
  return lines.flatMap((each) => (each === null ? [] : [paragraph(each)]));
}
