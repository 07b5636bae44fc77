import type { ModalView } from '@slack/types';
import { WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';
import type { Card } from '../../../core/card/card.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import type { ListenerContext } from './listener-context.ts';

/** The first delivery of the same act opened it. */
const openAlready = ['exchanged_trigger_id', 'trigger_exchanged'];
const tooLate = ['expired_trigger_id', 'trigger_expired'];

/**
 * Opens a window for the person who acted, within the three seconds that their act allows it. Null when it
 * is open, else what to tell them.
 */
export async function openModal(
  { interactive }: Pick<ListenerContext, 'interactive'>,
  triggerId: string,
  view: ModalView,
): Promise<Card | null> {
  try {
    await interactive.views.open({ trigger_id: triggerId, view });
    return null;
  } catch (error) {
    const code = error instanceof WebAPIPlatformError ? error.data.error : undefined;
    if (code !== undefined && openAlready.includes(code)) return null;
    const unanswered = error instanceof WebAPIRequestError;
    if (!unanswered && (code === undefined || !tooLate.includes(code))) throw error;
    return sentenceCard('Slack did not open the window in time. Nothing was changed; try again.');
  }
}
