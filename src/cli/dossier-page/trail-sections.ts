import { anchorText } from '../../core/audit/anchor.ts';
import { lineText } from '../../core/card/line.ts';
import { CONTROLS } from '../../core/dossier/controls.ts';
import { RECORDS } from '../../core/dossier/records.ts';
import { type PartCounts, type Requirement, standingOf } from '../../core/dossier/requirement.ts';
import { countWords } from '../../lib/count-words.ts';
import { type Html, html } from '../../lib/html.ts';
import { listWords } from '../../lib/list-words.ts';
import type { Dossier } from '../../services/audit/dossier/load-dossier.ts';
import { instantIn, list, table } from './table.ts';

/** Which records answer which control; plainly said where there are none. */
export function requirementsSection(counts: PartCounts): Html {
  return html`<h3>Controls (S1 §10.2)</h3>
${requirementTable('Controls', CONTROLS, counts)}
<h3>Kinds of record (S1 §10.3)</h3>
${requirementTable('Kinds of record', RECORDS, counts)}`;
}

function requirementTable(caption: string, requirements: readonly Requirement[], counts: PartCounts): Html {
  const rows = requirements.map((requirement) => [
    requirement.group,
    requirement.title,
    standingWords(requirement, counts),
  ]);
  return table(caption, { heads: ['Group', 'Required', 'In this dossier'], rows, empty: '' });
}

function standingWords(requirement: Requirement, counts: PartCounts): string {
  const standing = standingOf(requirement, counts);
  switch (standing.kind) {
    case 'shown':
      return `${countWords(standing.records, 'record')}: ${listWords(standing.sections)}`;
    case 'none-yet':
      return 'Nothing: there is no such record of this release.';
    case 'not-kept':
      return 'Nothing: tminus keeps no records of this kind. They have to come from elsewhere.';
  }
}

/** Every event with its hash. */
export function trailSection({ events, release }: Dossier): Html {
  const at = instantIn(release.plan.goLive.zone);
  const rows = events.map(({ told, hash, isSigned, event }) => [
    told.seq,
    at(told.at),
    html`${lineText(told.sentence)}.${list(told.evidence.map(lineText))}<code class="hash">${event.action} · ${event.actor} · ${hash}${isSigned ? '' : ' · not signed: older than signatures'}</code>`,
    told.right ?? '',
  ]);
  return table('Trail', {
    heads: ['#', 'When', 'Who did what, on what evidence; kind, account and SHA-256', 'Right'],
    rows,
    empty: 'The trail of this release is gone.',
    kind: 'trail',
  });
}

/** The verdict, at the head of the dossier. */
export function verdict({ verification: { broken }, events }: Dossier): Html {
  if (broken.length === 0) {
    return html`<p class="verdict good"><strong>Intact.</strong> ${countWords(events.length, 'record')}: each is signed, unchanged and in its place, and the data of the release agrees with them.</p>`;
  }
  return html`<div class="verdict bad"><p><strong>NOT INTACT.</strong> What follows can't be relied on without an explanation of this:</p>
${list(broken.map(({ chain, seq, problem }) => `${chain === 'checkpoints' ? 'checkpoint' : 'record'} ${seq === 0 ? '' : seq}: ${problem}`))}</div>`;
}

/** How the verdict came about, and how somebody else comes to it. */
export function verificationSection({ verification: { checkpoint, keyIds } }: Dossier): Html {
  return html`<p>Each record's SHA-256 covers the record before it; its signature (Ed25519) was checked with the public ${keyIds.length === 1 ? 'key' : 'keys'} ${keyIds.join(', ')}. All checkpoints were checked, and what the tables say of the release was compared with its trail.</p>
<p>${checkpoint ? anchorText(checkpoint) : 'There is no checkpoint.'}</p>
<p>To repeat it: <code>tminus audit verify --key PUBLIC-KEY</code>, with the key that whoever runs tminus gives you.</p>`;
}
