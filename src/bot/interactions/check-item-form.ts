import { paragraph } from '../../core/card/card.ts';
import type { Form, FormOption } from '../../core/card/form.ts';
import { type Line, line } from '../../core/card/line.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Task } from '../../db/queries/tasks.ts';
import { countWords } from '../../lib/count-words.ts';
import { shortenAtWord } from '../../lib/shorten-text.ts';
import type { Actor } from '../../services/kernel/context.ts';
import { rolesAnsweredBy } from '../../services/kernel/stand-ins.ts';
import { changeableItems } from '../../services/readiness/check-checklist.ts';
import type { Checklist } from '../../services/readiness/load-checklists.ts';
import { releaseName } from '../cards/parts/release-name.ts';

export const itemOutcomes = ['done', 'not-applicable', 'open'] as const;

/** So many a platform lets somebody choose from, and so long may a label be. */
const maxOptions = 100;
const labelLength = 75;

/** What somebody may change of a checklist: what is theirs and open first, what is settled last. */
function inOrder(release: Release, list: Checklist, actor: Actor): Task[] {
  const personId = actor.kind === 'person' ? actor.personId : null;
  const own = rolesAnsweredBy(release, personId);
  const rank = ({ state, owner }: Task) => (state === 'open' ? (own.includes(owner) ? 0 : 1) : 2);
  return changeableItems(release, list, personId).sort((one, other) => rank(one) - rank(other));
}

/** Asks which item of a checklist is settled, and how. `said`: what became of the one before. */
export function checkItemForm(
  release: Release,
  list: Checklist,
  { actor, said }: { actor: Actor; said?: Line },
): Form {
  const items = inOrder(release, list, actor);
  const options = items.slice(0, maxOptions).map(optionOf);
  const open = items.filter(({ state }) => state === 'open').length;
  const count = open === 0 ? 'Nothing is left for you to tick here.' : `${countWords(open, 'item')} open.`;
  return {
    name: 'check-item',
    title: 'Checklist',
    submit: 'Save',
    cancel: 'Close',
    metadata: { releaseId: release.id, checklist: list.key },
    body: [
      ...(said === undefined ? [] : [paragraph(said)]),
      paragraph(line`${list.title}, ${releaseName(release)}. ${count}`),
      {
        type: 'input',
        kind: 'select',
        name: 'item',
        label: 'Item',
        options,
        ...(items[0]?.state === 'open' ? { initial: items[0].id } : {}),
      },
      {
        type: 'input',
        kind: 'select',
        name: 'outcome',
        label: 'How does it stand?',
        options: [
          { value: 'done', label: 'It is done' },
          { value: 'not-applicable', label: 'It is not applicable' },
          { value: 'open', label: 'It is open again' },
        ],
        initial: 'done',
      },
      {
        type: 'input',
        kind: 'text',
        name: 'evidence',
        label: 'Link to the evidence',
        hint: 'For “It is done”, if there is any.',
        optional: true,
        maxLength: 2000,
      },
      {
        type: 'input',
        kind: 'text',
        name: 'reason',
        label: 'Why is it not applicable?',
        hint: 'Everybody who looks at the checklist sees it.',
        optional: true,
        multiline: true,
        maxLength: 3000,
      },
    ],
  };
}

function optionOf({ id, state, title }: Task): FormOption {
  const mark = { open: '', done: '✅ ', 'not-applicable': '➖ ' }[state];
  return { value: id, label: shortenAtWord(`${mark}${title}`, labelLength) };
}
