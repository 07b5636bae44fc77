import { type Block, type Button, type Card, paragraph, request, text } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import type { RequestState } from '../requests/request-state.ts';
import { ask, type Named } from './mention.ts';

interface RequestFacts {
  releaseKey: string;
  /** Continues "asks to". */
  words: string;
  personName: string;
}

/** The card of a request in the release's channel. `people`: those who may approve it. Instants are epoch ms. */
export function requestCard(
  facts: RequestFacts & {
    requestId: string;
    state: RequestState;
    expiresAt: number;
    decidedByName: string | null;
    decidedAt: number | null;
    reason: string | null;
    zone: string;
    people: readonly Named[];
  },
): Card {
  const { releaseKey, personName, words, state, requestId, expiresAt, zone, people } = facts;
  const summary = `${marks[state]} ${personName} asks to ${words}: ${releaseKey}`;
  const header: Block = { type: 'header', text: summary };
  if (state !== 'open') {
    const reason: Block[] = facts.reason === null ? [] : [{ type: 'quote', content: [text(facts.reason)] }];
    return { summary, blocks: [header, paragraph(outcomeLine(facts)), ...reason] };
  }
  const wanted = line`a second person has to approve it by ${localDate(expiresAt, zone)}. Without that, nothing happens.`;
  return {
    summary,
    blocks: [
      header,
      request(ask(people, wanted)),
      { type: 'actions', buttons: requestButtons(requestId, words) },
    ],
  };
}

const marks = { open: '✋', approved: '✅', refused: '⛔', withdrawn: '↩️', lapsed: '⌛' } as const;

function outcomeLine({
  state,
  decidedByName,
  decidedAt,
  zone,
}: Pick<Parameters<typeof requestCard>[0], 'state' | 'decidedByName' | 'decidedAt' | 'zone'>): Line {
  const at = decidedAt === null ? '' : line`, ${localDate(decidedAt, zone)}`;
  switch (state) {
    case 'approved':
      return line`Approved by ${decidedByName ?? 'a second person'}${at}. It was started at once.`;
    case 'refused':
      return line`Refused by ${decidedByName ?? 'a second person'}${at}. Nothing was done.`;
    case 'withdrawn':
      return line`Withdrawn by ${decidedByName ?? 'whoever asked'}${at}. Nothing was done.`;
    default:
      return 'Nobody approved it in time. Nothing was done.';
  }
}

/** Approve and refuse are for a second person; whoever asked can withdraw. */
export function requestButtons(requestId: string, words: string): Button[] {
  const value = JSON.stringify({ requestId });
  return [
    {
      action: 'approve-request',
      label: 'Approve',
      style: 'primary',
      value,
      confirm: {
        title: 'Approve it?',
        text: `This approves to ${words}. Everything is checked once more, and it starts at once.`,
        confirm: 'Approve',
        deny: 'Cancel',
      },
    },
    { action: 'refuse-request', label: 'Refuse…', value },
    { action: 'withdraw-request', label: 'Withdraw', value },
  ];
}

/** To whoever asked: nobody agreed in time. */
export function requestLapsedMessage({ releaseKey, words }: RequestFacts): Card {
  const summary = `⌛ ${releaseKey}: nobody approved your request to ${words}`;
  return {
    summary,
    blocks: [paragraph(`${summary} in time. Nothing was done. Ask again when somebody is there.`)],
  };
}

/** To whoever asked: a second person said no. */
export function requestRefusedMessage({
  releaseKey,
  words,
  by,
  reason,
}: RequestFacts & { by: string; reason: string }): Card {
  const summary = `⛔ ${releaseKey}: ${by} refused your request to ${words}`;
  return {
    summary,
    blocks: [paragraph(`${summary}. Nothing was done.`), { type: 'quote', content: [text(reason)] }],
  };
}
