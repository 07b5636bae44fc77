import { requestTitles } from '../../core/dossier/request-titles.ts';
import { outcomeWords, pollNames } from '../../core/go-no-go/poll-words.ts';
import { choiceWords } from '../../core/go-no-go/vote.ts';
import { roleTitle } from '../../core/plan/roles.ts';
import { changeActName } from '../../db/queries/changes.ts';
import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import type { Dossier } from '../../services/audit/dossier/load-dossier.ts';
import { facts, instantIn, table } from './table.ts';

/** Each decision as it was recorded: the result, on what, and every vote, those included that no longer counted. */
export function decisionRecordsSection({ decisions, release }: Dossier): HtmlValue {
  if (decisions.length === 0) return html`<p class="soft">No decision was recorded.</p>`;
  return decisions.map((decision) => recordHtml(decision, release.plan.goLive.zone));
}

function recordHtml({ record, signOffs }: Dossier['decisions'][number], zone: string): Html {
  const at = instantIn(zone);
  const iso = (text: string) => at(Date.parse(text));
  const title = `${pollNames[record.kind]}: ${outcomeWords[record.outcome]}`;
  const signed = signOffs.map(
    (one) => html`${one.personName} (${roleTitle(one.role)}), ${at(one.signedAt)} `,
  );
  const { contents, evidence, missing } = record;
  const votes = record.votes.map((vote) => [
    roleTitle(vote.role),
    choiceWords[vote.choice],
    vote.inPlaceOf === null ? vote.person : `${vote.person}, in place of ${vote.inPlaceOf}`,
    vote.condition === null ? (vote.reason ?? '') : `${vote.condition.text} (${vote.condition.state})`,
    iso(vote.at),
    vote.ended === null ? 'yes' : html`until ${iso(vote.ended.at)}: ${vote.ended.by}`,
  ]);
  return html`<h3>${title}</h3>
${facts(title, [
  ['Decided', html`${iso(record.decidedAt)}${record.decidedBy === null ? '' : `, by ${record.decidedBy}`}`],
  ['Reason', record.reason ?? '–'],
  ['Votes missing', missing.length === 0 ? 'none' : missing.map(roleTitle).join(', ')],
  ['Version and build', `${contents.version}, ${contents.build ?? 'no build named'}`],
  ['Plan, SHA-256', contents.plan],
  ['Risk', `${evidence.risk.level}, ${evidence.risk.points} of ${evidence.risk.most} points`],
  ['Signed off', signed.length === 0 ? '–' : html`${signed}`],
])}
${table(`Votes: ${title}`, { heads: ['Role', 'Vote', 'By', 'Reason or condition', 'When', 'Counted'], rows: votes, empty: 'Nobody voted.' })}`;
}

/** Gates that did not have to pass, until when, and who said so. */
export function waiversSection({ waivers, release }: Dossier): Html {
  const at = instantIn(release.plan.goLive.zone);
  const rows = waivers.map((waiver) => [
    waiver.gate,
    waiver.reason,
    waiver.grantedByName,
    at(waiver.grantedAt),
    at(waiver.until),
    waiver.endedAt === null ? '' : html`${waiver.endedByName ?? ''}, ${at(waiver.endedAt)}`,
  ]);
  return table('Waivers', {
    heads: ['Gate', 'Reason', 'Granted by', 'When', 'Until', 'Ended early by'],
    rows,
    empty: 'No gate was waived.',
  });
}

/** What was asked for after code freeze, and what was decided. */
export function lateChangesSection(dossier: Dossier): Html {
  const { requests, release } = dossier;
  const changes = requests.filter(({ act }) => act === changeActName);
  return requestTable('Late changes', release.plan.goLive.zone, changes, 'Nobody asked for a late change.');
}

/** Everything else that took a second person. */
export function secondPersonSection({ requests, release }: Dossier): Html {
  const others = requests.filter(({ act }) => act !== changeActName);
  const empty = 'Nothing else took a second person.';
  return requestTable('Requests for a second person', release.plan.goLive.zone, others, empty);
}

function requestTable(caption: string, zone: string, requests: Dossier['requests'], empty: string): Html {
  const at = instantIn(zone);
  const rows = requests.map((request) => [
    `To ${request.words}`,
    reasonOf(request.input),
    request.personName,
    at(request.requestedAt),
    requestTitles[request.state],
    request.decidedByName ?? '',
    at(request.decidedAt),
    request.reason ?? '',
  ]);
  const heads = ['What', 'Why', 'Asked by', 'When', 'State', 'Decided by', 'When', 'Why refused'];
  return table(caption, { heads, rows, empty });
}

function reasonOf(input: unknown): string {
  const has = typeof input === 'object' && input !== null && 'reason' in input;
  return has && typeof input.reason === 'string' ? input.reason : '';
}

/** The release notes, in the wording that they have now. */
export function notesSection({ notes, release }: Dossier): Html {
  if (!notes) return html`<p class="soft">No release notes were written.</p>`;
  const at = instantIn(release.plan.goLive.zone);
  return html`${facts('Release notes', [
    ['State', notes.state],
    ['Written', html`${notes.writtenByName}, ${at(notes.writtenAt)}`],
    [
      'Approved',
      notes.approvedAt === null
        ? '–'
        : html`${notes.approvedByName}, ${at(notes.approvedAt)}; the wording has SHA-256 ${notes.approvedWording}`,
    ],
    [
      'Published',
      notes.publishedAt === null
        ? '–'
        : html`${notes.publishedByName}, ${at(notes.publishedAt)}, for ${notes.publishedTo}`,
    ],
  ])}
<h3>${notes.title}</h3>
<pre>${notes.body}</pre>`;
}
