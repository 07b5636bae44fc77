import type { Form } from '../../../core/card/form.ts';
import { describeError } from '../../../lib/describe-error.ts';
import { watchForm } from '../../../services/form/watch-form.ts';
import { asSystem } from '../../../services/kernel/context.ts';
import type { ListenerContext } from './listener-context.ts';

/** A modal as Slack opened it. Its hash changes with what it shows; empty where that is not known. */
export interface OpenedView {
  id: string;
  hash: string;
}

/** Has a form closed once it is untrue. Where it can't be watched, that is said when it is submitted. Never throws. */
export async function watchOpened(
  { services }: Pick<ListenerContext, 'services'>,
  { name, metadata }: Pick<Form, 'name' | 'metadata'>,
  view: OpenedView,
): Promise<void> {
  if (metadata === undefined) return;
  try {
    const input = { form: { name, metadata: { ...metadata } }, channel: 'slack', view };
    await watchForm({ ctx: asSystem(services, 'form'), input });
  } catch (error) {
    services.log.warn({ note: describeError(error) }, 'an open form is not watched');
  }
}
