import { shortenedMark } from './blocks.ts';
import type { Element } from './element.ts';
import { teamsLimits } from './limits.ts';

/** Room for what stands around the body: the activity, and the mentions. */
const frame = 4_000;

/**
 * Brings a body within what Teams takes. What can be done outlasts text, and must stay in reach; the text is shown up to
 * the point where it no longer fits, and a mark says so there.
 */
export function fitBody(body: Element[], max: number = teamsLimits.messageCharacters - frame): Element[] {
  if (sizeOf(body) <= max) return body;
  const mark = shortenedMark();
  let room = max - sizeOf([mark]);
  const take = (element: Element): boolean => {
    const size = sizeOf([element]);
    if (size > room) return false;
    room -= size;
    return true;
  };
  const kept = new Set(body.filter((element) => isActing(element) && take(element)));
  const shown: Element[] = [];
  let isMarked = false;
  for (const element of body) {
    if (kept.has(element)) shown.push(element);
    else if (!isMarked && !isActing(element) && take(element)) shown.push(element);
    else if (!isMarked) {
      shown.push(mark);
      isMarked = true;
    }
  }
  return shown;
}

/** Buttons, the questions that they show, and fields to fill in. */
function isActing({ type, id }: Element): boolean {
  return type === 'ActionSet' || type.startsWith('Input.') || (type === 'Container' && id !== undefined);
}

function sizeOf(elements: readonly Element[]): number {
  return JSON.stringify(elements).length;
}
