import { roleTitle } from '../../core/plan/roles.ts';
import type { Poll } from '../../db/queries/polls.ts';
import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import type { Dossier } from '../../services/audit/dossier/load-dossier.ts';
import { instantIn, table } from './table.ts';

const outcomes = { go: 'GO', no_go: 'NO-GO', go_stands: 'the earlier go stands' } as const;
const choices: { [choice: string]: string } = { go: 'go', no_go: 'no-go' };

/** Every poll with its votes. Earlier votes of a role are in the trail. */
export function decisionsSection({ polls, release }: Dossier): HtmlValue {
  if (polls.length === 0) return html`<p class="soft">Nothing was put to the vote.</p>`;
  return polls.map((poll) => pollHtml(poll, release.plan.goLive.zone));
}

function pollHtml(poll: Poll, zone: string): Html {
  const at = instantIn(zone);
  const rows = poll.roles.map((role) => {
    const vote = poll.votes.find((one) => one.role === role);
    if (!vote) return [roleTitle(role), 'no vote', '', '', ''];
    const by =
      vote.inPlaceOf === null ? vote.personName : `${vote.personName}, in place of ${vote.inPlaceOf}`;
    return [roleTitle(role), choices[vote.choice] ?? vote.choice, by, vote.reason ?? '', at(vote.at)];
  });
  const what = poll.kind === 'decision' ? 'Go/no-go' : 'Readiness check';
  const known: { [outcome: string]: string } = outcomes;
  const outcome = poll.outcome === null ? null : (known[poll.outcome] ?? poll.outcome);
  const result = outcome ?? (poll.state === 'open' ? 'still open' : 'closed without a result');
  const title = `${what}: ${result}`;
  return html`<h3>${title}</h3>
<p class="soft">Opened ${at(poll.openedAt)}, closed ${at(poll.closedAt)}.</p>
${table(title, { heads: ['Role', 'Vote', 'By', 'Reason', 'When'], rows, empty: 'No role was asked.' })}`;
}

const draftStates = { waiting: 'waiting for approval', approved: 'approved', held: 'on hold' } as const;

/** What customers read, and who approved which wording. */
export function approvalsSection({ drafts, release }: Dossier): Html {
  const at = instantIn(release.plan.goLive.zone);
  const rows = drafts.map((draft) => [
    draft.item.title,
    draftStates[draft.state],
    draft.approvedByName ?? '',
    at(draft.approvedAt),
    draft.heldByName === null ? '' : `on hold by ${draft.heldByName}: ${draft.holdReason ?? ''}`,
  ]);
  return table('Approvals', {
    heads: ['Message', 'State', 'Approved by', 'When', 'Hold'],
    rows,
    empty: 'No message of this release is read by customers, or their records were removed.',
  });
}
