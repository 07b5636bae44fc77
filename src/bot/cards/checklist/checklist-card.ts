import { progressBar } from '../../../core/card/bar.ts';
import type { Block, Card } from '../../../core/card/card.ts';
import { note } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { countdown } from '../../../core/card/local-date.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Checklist } from '../../../services/readiness/load-checklists.ts';
import { itemLine, nextDue, progressOf, tickButton } from '../parts/checklist-parts.ts';
import { lines } from '../parts/lines.ts';
import { releaseName } from '../parts/release-name.ts';

/** So many items are listed: more would not fit into a message. */
const maxItems = 30;

/** A checklist: how far it is, each item with who sees to it or settled it, and one button to tick. */
export function checklistCard(release: Release, list: Checklist, now: number): Card {
  const { settled, count, percent } = progressOf(list);
  const isDone = settled === count;
  const title = `${isDone ? '✅' : '☑️'} ${list.title} · ${releaseName(release)} · ${settled} of ${count}`;
  const due = nextDue(list);
  const { zone } = release.plan.goLive;
  const when = due === null ? '' : line` ${due <= now ? 'Was due' : 'Due'} ${countdown(due, zone)}`;
  const shown = list.items.slice(0, maxItems);
  return {
    summary: title,
    blocks: [
      { type: 'header', text: title },
      ...lines(line`${progressBar(percent)}${when}`, ...shown.map((item) => itemLine(release, item, now))),
      ...(list.items.length > shown.length
        ? [note(`… and ${list.items.length - shown.length} more: they are in the form.`)]
        : []),
      ...buttons(release, list),
    ],
  };
}

function buttons(release: Release, list: Checklist): Block[] {
  if (release.state === 'cancelled' || !list.items.some(({ settledBy }) => settledBy === 'people')) return [];
  return [{ type: 'actions', buttons: [tickButton(release, list)] }];
}
