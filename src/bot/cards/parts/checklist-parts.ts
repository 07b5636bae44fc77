import { progressBar } from '../../../core/card/bar.ts';
import { type Button, bold } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { countdown } from '../../../core/card/local-date.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Task } from '../../../db/queries/tasks.ts';
import { listWords } from '../../../lib/list-words.ts';
import { shortenAtWord } from '../../../lib/shorten-text.ts';
import { whoAnswersFor } from '../../../services/kernel/stand-ins.ts';
import type { Checklist } from '../../../services/readiness/load-checklists.ts';
import { onOneLine } from './lines.ts';

/** So long may a reason be on a line of a list. */
const reasonLength = 120;

/** How far a checklist is. `percent`: whole, and 100 only when nothing is open. */
export function progressOf({ items }: Checklist): { settled: number; count: number; percent: number } {
  const settled = items.filter(({ state }) => state !== 'open').length;
  return { settled, count: items.length, percent: Math.floor((settled / items.length) * 100) };
}

/** When the next of its open items is due; null: none is open. */
export function nextDue({ items }: Checklist): number | null {
  const open = items.filter(({ state, settledBy }) => state === 'open' && settledBy === 'people');
  return open.length === 0 ? null : Math.min(...open.map(({ dueAt }) => dueAt));
}

/** A checklist on one line. `own`: how many open items are the reader's. */
export function checklistLine(
  release: Release,
  list: Checklist,
  { now, own }: { now: number; own: number },
): Line {
  const { settled, count, percent } = progressOf(list);
  const due = nextDue(list);
  const when =
    due === null
      ? ''
      : line` · ${due <= now ? '🔴 was due' : 'due'} ${countdown(due, release.plan.goLive.zone)}`;
  const yours = own === 0 ? '' : line` · ${bold(`${own} of yours open`)}`;
  return line`${progressBar(percent)} ${list.title}: ${settled} of ${count}${when}${yours}`;
}

/** An item on one line of its card: its state, what it is, and who sees to it or settled it. */
export function itemLine(release: Release, item: Task, now: number): Line {
  const { state, title, settledByName } = item;
  if (state === 'open')
    return line`${item.settledBy === 'people' && item.dueAt <= now ? '🔴' : '⬜'} ${title} · ${whoSees(release, item)}`;
  if (state === 'not-applicable') {
    const by = settledByName === null ? '' : ` (${settledByName})`;
    return line`➖ ${title} · not applicable: ${shortenAtWord(onOneLine(item.reason ?? ''), reasonLength)}${by}`;
  }
  const evidence: Line =
    item.evidence === null ? '' : [' · ', { type: 'link', url: item.evidence, text: 'evidence' }];
  return line`✅ ${title}${settledByName === null ? '' : ` · ${settledByName}`}${evidence}`;
}

function whoSees(release: Release, { owner, settledBy }: Task): string {
  if (settledBy === 'decision') return 'settled by the go/no-go';
  return listWords(whoAnswersFor(release, owner).map(({ name }) => name));
}

/** Opens the form in which items are ticked. */
export function tickButton(release: Pick<Release, 'id'>, { key }: Pick<Checklist, 'key'>): Button {
  const value = JSON.stringify({ releaseId: release.id, checklist: key });
  return { action: 'check-items', label: 'Tick…', style: 'primary', value };
}
