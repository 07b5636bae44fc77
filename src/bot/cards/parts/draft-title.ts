import type { DraftStanding } from '../../../core/approval/draft-standing.ts';

/** How the standing of a draft is shown. */
interface DraftTitle {
  mark: string;
  /** Before its title, on the card. */
  words: string;
  /** Before its title, in a notification. */
  summary: string;
}

const titles: Readonly<Record<DraftStanding, DraftTitle>> = {
  waiting: { mark: '📝', words: 'Approve?', summary: 'Needs approval' },
  approved: { mark: '✅', words: 'Approved:', summary: 'Approved' },
  held: { mark: '✋', words: 'On hold:', summary: 'On hold' },
  late: { mark: '⛔', words: 'Not sent:', summary: 'Not sent to customers' },
  'late-held': { mark: '⛔', words: 'Not sent:', summary: 'Not sent to customers' },
  sent: { mark: '📤', words: 'Sent:', summary: 'Sent to customers' },
  ended: { mark: '✖️', words: 'No longer needed:', summary: 'No longer needed' },
};

export function draftTitle(standing: DraftStanding): DraftTitle {
  return titles[standing];
}
