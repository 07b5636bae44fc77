import { type Block, type Button, type Card, paragraph, request, text } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import type { RequestState } from '../requests/request-state.ts';
import { ask, type Named } from './mention.ts';

/** The card of a request in the release's channel. `people`: those who may approve it. Instants are epoch ms. */
export function requestCard(facts: {
  releaseKey: string;
  /** Continues "asks to". */
  words: string;
  personName: string;
  requestId: string;
  state: RequestState;
  expiresAt: number;
  decidedByName: string | null;
  decidedAt: number | null;
  reason: string | null;
  zone: string;
  people: readonly Named[];
  /** The same who can't be mentioned, in words. */
  others?: readonly string[];
}): Card {
  const { releaseKey, personName, words, state, requestId, expiresAt, zone, people } = facts;
  const summary = `${marks[state]} ${personName} asks to ${words}: ${releaseKey}`;
  const header: Block = { type: 'header', text: summary };
  if (state !== 'open') {
    const reason: Block[] = facts.reason === null ? [] : [{ type: 'quote', content: [text(facts.reason)] }];
    return { summary, blocks: [header, paragraph(requestOutcome(facts)), ...reason] };
  }
  const wanted = line`a second person has to approve it by ${localDate(expiresAt, zone)}. Without that, nothing happens.`;
  return {
    summary,
    blocks: [
      header,
      request(ask(people, wanted, facts.others)),
      { type: 'actions', buttons: promotionRequestButtons(requestId, words) },
    ],
  };
}

const marks = { open: '✋', approved: '✅', refused: '⛔', withdrawn: '↩️', lapsed: '⌛' } as const;

/** What became of a request that is open no longer. `decidedAt`: epoch ms; `begun`: what its approval did. */
export function requestOutcome(
  {
    state,
    decidedByName,
    decidedAt,
    zone,
  }: { state: RequestState; decidedByName: string | null; decidedAt: number | null; zone: string },
  begun = 'It was started at once.',
): Line {
  const at = decidedAt === null ? '' : line`, ${localDate(decidedAt, zone)}`;
  switch (state) {
    case 'approved':
      return line`Approved by ${decidedByName ?? 'a second person'}${at}. ${begun}`;
    case 'refused':
      return line`Refused by ${decidedByName ?? 'a second person'}${at}. Nothing was done.`;
    case 'withdrawn':
      return line`Withdrawn by ${decidedByName ?? 'whoever asked'}${at}. Nothing was done.`;
    default:
      return 'Nobody approved it in time. Nothing was done.';
  }
}

/** The buttons of a promotion that waits for a second person. */
export function promotionRequestButtons(requestId: string, words: string): Button[] {
  return requestButtons(requestId, {
    label: 'Approve',
    style: 'primary',
    confirm: {
      title: 'Approve it?',
      text: `This approves to ${words}. Everything is checked once more, and it starts at once.`,
      confirm: 'Approve',
      deny: 'Cancel',
    },
  });
}

/** Approve and refuse are for a second person; whoever asked can withdraw. */
export function requestButtons(
  requestId: string,
  approve: Pick<Button, 'label' | 'style' | 'confirm'>,
): Button[] {
  const value = JSON.stringify({ requestId });
  return [
    { action: 'approve-request', value, ...approve },
    { action: 'refuse-request', label: 'Refuse…', value },
    { action: 'withdraw-request', label: 'Withdraw', value },
  ];
}

/** Tells whoever asked what became of it. `by`: who decided; `news`: what follows. */
export function requestOutcomeMessage(facts: {
  /** Null: it is of no release. */
  releaseKey: string | null;
  /** Continues "asks to". */
  words: string;
  state: 'approved' | 'refused' | 'lapsed';
  by: string | null;
  reason: string | null;
  news: Line;
}): Card {
  const { releaseKey, words, state, by, reason, news } = facts;
  const about = releaseKey === null ? '' : `${releaseKey}: `;
  const said = state === 'lapsed' ? 'nobody approved' : `${by ?? 'somebody'} ${state}`;
  const summary = `${marks[state]} ${about}${said} your request to ${words}`;
  return {
    summary,
    blocks: [
      paragraph(line`${summary}${state === 'lapsed' ? ' in time' : ''}. ${news}`),
      ...(reason === null ? [] : [{ type: 'quote' as const, content: [text(reason)] }]),
    ],
  };
}
