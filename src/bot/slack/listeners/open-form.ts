import { WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';
import type { Card } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { renderForm } from '../render/form.ts';
import type { ListenerContext } from './listener-context.ts';
import type { OpenedView } from './watch-opened.ts';

/** The first delivery of the same request opened it. */
const openAlready = ['exchanged_trigger_id', 'trigger_exchanged'];
const tooLate = ['expired_trigger_id', 'trigger_expired'];

interface Opening extends Pick<ListenerContext, 'interactive'> {
  /** Is called with the form once it is open. */
  watch(form: Form, view: OpenedView): Promise<void>;
}

/**
 * Opens a form for the person who acted, within the three seconds that Slack allows. Null when it is open, else what
 * to say to them.
 */
export async function openForm(
  { interactive, watch }: Opening,
  triggerId: string,
  form: Form,
): Promise<Card | null> {
  try {
    const { view } = await interactive.views.open({ trigger_id: triggerId, view: renderForm(form) });
    if (view?.id && view.hash) await watch(form, { id: view.id, hash: view.hash });
    return null;
  } catch (error) {
    const code = error instanceof WebAPIPlatformError ? error.data.error : undefined;
    if (code !== undefined && openAlready.includes(code)) return null;
    const unanswered = error instanceof WebAPIRequestError;
    if (!unanswered && (code === undefined || !tooLate.includes(code))) throw error;
    return sentenceCard('Slack did not open the form in time. Nothing was changed; try again.');
  }
}
