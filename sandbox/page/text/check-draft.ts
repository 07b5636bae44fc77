import { hasVisibleText } from '../../../src/lib/visible-text.ts';
import { LONGEST_COMMAND, LONGEST_MESSAGE } from '../../control-api.ts';
import { splitCommand } from './complete-command.ts';

/** Whether a reader would see nothing of a text. */
export function isBlank(text: string): boolean {
  return !hasVisibleText(text);
}

/** Why a draft is too long to be sent; undefined when it isn't. */
export function tooLong(draft: string): string | undefined {
  const typed = splitCommand(draft);
  const [what, length, longest] = typed
    ? [`What follows ${typed.command}`, typed.text.length, LONGEST_COMMAND]
    : ['A message', draft.length, LONGEST_MESSAGE];
  if (length <= longest) return undefined;
  return `${what} can have ${count(longest)} characters. This has ${count(length)}.`;
}

function count(characters: number): string {
  return characters.toLocaleString('en');
}
