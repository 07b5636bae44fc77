import type { ActionResult } from '../../control-api.ts';
import { isObject } from '../../workspace/json.ts';
import type { JsonObject } from '../../workspace/stored.ts';
import { validateCard } from '../cards/validate-card.ts';
import { cardType } from '../content.ts';
import type { TeamsCore } from '../core.ts';
import { openView } from '../dialog-book.ts';
import type { StoredDialog } from '../stored.ts';

/**
 * Does what the app answered to `task/fetch` or `task/submit`: the dialog shows a card or a sentence, or it closes.
 * A dialog that can't be shown stays as it is.
 */
export function applyTask(
  core: TeamsCore,
  { open, ...opened }: Pick<StoredDialog, 'personId' | 'on' | 'shortcut'> & { open?: StoredDialog },
  body: unknown,
): Partial<ActionResult> {
  const task = isObject(body) ? body.task : undefined;
  if (!isObject(task)) {
    if (open) core.dialogs.close(open);
    return open ? {} : { detail: 'The app opened no dialog.' };
  }
  if (task.type === 'message') {
    if (open) core.dialogs.close(open);
    return { notice: String(task.value) };
  }
  if (task.type !== 'continue' || !isObject(task.value))
    return { detail: `Teams has no dialog of type ${String(task.type)}.` };
  const read = readDialog(task.value);
  if ('detail' in read) return read;
  const dialog = open ? core.dialogs.update(open, read) : core.dialogs.open(opened, read);
  return { view: openView(dialog) };
}

type Contents = Pick<StoredDialog, 'title' | 'card' | 'width' | 'height'>;

function readDialog({ title, card, width, height }: JsonObject): Contents | { detail: string } {
  const content = isObject(card) && card.contentType === cardType ? card.content : undefined;
  const problems = validateCard(content);
  if (!isObject(content) || problems.length > 0)
    return { detail: `The dialog was refused: ${problems.join('; ')}` };
  if (typeof title !== 'string') return { detail: 'The dialog was refused: it has no title' };
  const sizes = { width, height };
  for (const [name, size] of Object.entries(sizes)) {
    if (
      size !== undefined &&
      typeof size !== 'number' &&
      !['small', 'medium', 'large'].includes(String(size))
    )
      return { detail: `The dialog was refused: its ${name} must be a number, small, medium or large` };
  }
  return { title, card: content, ...(sizes as Pick<Contents, 'width' | 'height'>) };
}
