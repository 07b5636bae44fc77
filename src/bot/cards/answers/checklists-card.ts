import { type Block, type Card, command, note } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Task } from '../../../db/queries/tasks.ts';
import { countWords } from '../../../lib/count-words.ts';
import { rolesAnsweredBy } from '../../../services/kernel/stand-ins.ts';
import { mayDo } from '../../../services/kernel/who-may.ts';
import type { Checklist } from '../../../services/readiness/load-checklists.ts';
import { checklistLine } from '../parts/checklist-parts.ts';
import { lines } from '../parts/lines.ts';
import { releaseName } from '../parts/release-name.ts';
import { taskBlocks } from '../parts/task-lines.ts';

/** So many items have buttons: a message of Slack has no room for more. */
const maxWithButtons = 10;
/** So many checklists have a button to open them. */
const maxButtons = 20;

interface Viewer {
  personId: string | null;
  now: number;
}

/** All checklists of a release, a line each, and a button to open each. */
export function checklistsCard(release: Release, lists: readonly Checklist[], viewer: Viewer): Card {
  const items = lists.flatMap((list) => list.items);
  const settled = items.filter(({ state }) => state !== 'open').length;
  const title = `☑️ ${releaseName(release)}: ${settled} of ${countWords(items.length, 'item')} settled`;
  const own = lists.flatMap((list) => list.items.filter(isOwn(release, viewer)));
  return {
    summary: title,
    blocks: [
      { type: 'header', text: title },
      ...(lists.length === 0 ? [note('This release has no checklists.')] : []),
      ...lines(
        ...lists.map((list) =>
          checklistLine(release, list, {
            now: viewer.now,
            own: list.items.filter(isOwn(release, viewer)).length,
          }),
        ),
      ),
      ...openButtons(release, lists),
      ...hints(release, { own: own.length, viewer, lists }),
    ],
  };
}

function openButtons(release: Release, lists: readonly Checklist[]): Block[] {
  const buttons = lists.slice(0, maxButtons).map(({ key, title }) => ({
    action: 'show-checklist',
    label: title,
    value: JSON.stringify({ releaseId: release.id, checklist: key }),
  }));
  return buttons.length === 0 ? [] : [{ type: 'actions', buttons }];
}

function hints(
  release: Release,
  { own, viewer, lists }: { own: number; viewer: Viewer; lists: readonly Checklist[] },
): Block[] {
  const mine = own === 0 ? [] : [line`Only yours: ${command('release', `check ${release.key} mine`)}.`];
  const may = mayDo(release, viewer.personId, 'checklist.post') && lists.length > 0;
  const post = may ? [line`In the channel: ${command('release', `check ${release.key} post`)}.`] : [];
  return [...mine, ...post].map(note);
}

/** The open items of whoever asks, with buttons for each. */
export function ownItemsCard(release: Release, lists: readonly Checklist[], viewer: Viewer): Card {
  const items = lists.flatMap(({ title, items: all }) =>
    all.filter(isOwn(release, viewer)).map((item) => ({ item, title })),
  );
  const header = `☑️ ${releaseName(release)}: ${items.length === 0 ? 'none' : items.length} of yours open`;
  const shown = items.slice(0, maxWithButtons);
  return {
    summary: header,
    blocks: [
      { type: 'header', text: header },
      ...(items.length === 0 ? [note('No open item of a checklist is yours.')] : []),
      ...shown.flatMap(({ item, title }) =>
        taskBlocks(release, item, { now: viewer.now, of: title, hasButtons: true }),
      ),
      ...(items.length > shown.length
        ? [note(`… and ${items.length - shown.length} more. They come in sight as you tick the first ones.`)]
        : []),
    ],
  };
}

function isOwn(release: Release, { personId }: Viewer): (item: Task) => boolean {
  const roles = rolesAnsweredBy(release, personId);
  return ({ state, settledBy, owner }) => state === 'open' && settledBy === 'people' && roles.includes(owner);
}
