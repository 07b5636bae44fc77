import { describeInstant } from '../../core/calendar/describe-instant.ts';
import { type HtmlValue, html } from '../../lib/html.ts';
import { countParts } from '../../services/audit/dossier/count-parts.ts';
import type { Dossier } from '../../services/audit/dossier/load-dossier.ts';
import { approvalsSection, decisionsSection } from './decision-sections.ts';
import { peopleSection, planSection, riskSection } from './plan-sections.ts';
import {
  decisionRecordsSection,
  lateChangesSection,
  notesSection,
  secondPersonSection,
  waiversSection,
} from './record-sections.ts';
import { STYLE } from './style.ts';
import { requirementsSection, trailSection, verdict, verificationSection } from './trail-sections.ts';
import { messagesSection, operationsSection, tasksSection } from './work-sections.ts';

/**
 * A release for auditors, as a page that needs nothing but itself: no script, no other file. It prints as it is. `at`,
 * epoch ms: when it was made.
 */
export function dossierPage(dossier: Dossier, { at }: { at: number }): string {
  const { plan, key } = dossier.release;
  const title = `${plan.product} ${plan.version}: release dossier`;
  const sections = sectionsOf(dossier);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
`
    .toString()
    .concat(`<style>${STYLE}</style>\n`)
    .concat(
      html`</head>
<body>
<header>
<h1>${title}</h1>
<p class="soft">${key}, made ${describeInstant(at, plan.goLive.zone)}. Times are in the zone ${plan.goLive.zone}.</p>
${verdict(dossier)}
</header>
<nav aria-label="Contents"><ol>${sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}</ol></nav>
<main>
${sections.map(
  ({ id, heading, content }) => html`<section>
<h2 id="${id}">${heading}</h2>
${content}
</section>
`,
)}</main>
</body>
</html>
`.toString(),
    );
}

interface Section {
  id: string;
  heading: string;
  content: HtmlValue;
}

function sectionsOf(dossier: Dossier): Section[] {
  return [
    { id: 'plan', heading: 'Plan', content: planSection(dossier) },
    { id: 'risk', heading: 'Risk', content: riskSection(dossier) },
    { id: 'people', heading: 'People and access', content: peopleSection(dossier) },
    { id: 'decisions', heading: 'Decisions and votes', content: decisionsSection(dossier) },
    { id: 'records', heading: 'Decision records', content: decisionRecordsSection(dossier) },
    { id: 'waivers', heading: 'Waivers', content: waiversSection(dossier) },
    { id: 'changes', heading: 'Late changes', content: lateChangesSection(dossier) },
    { id: 'second-person', heading: 'Requests for a second person', content: secondPersonSection(dossier) },
    { id: 'notes', heading: 'Release notes', content: notesSection(dossier) },
    { id: 'approvals', heading: 'Approval of what customers read', content: approvalsSection(dossier) },
    { id: 'messages', heading: 'Messages', content: messagesSection(dossier) },
    { id: 'operations', heading: 'Promotions and rollbacks', content: operationsSection(dossier) },
    { id: 'tasks', heading: 'Tasks', content: tasksSection(dossier) },
    {
      id: 'requirements',
      heading: 'Controls and records',
      content: requirementsSection(countParts(dossier)),
    },
    { id: 'trail', heading: 'Trail', content: trailSection(dossier) },
    { id: 'verification', heading: 'Verification', content: verificationSection(dossier) },
  ];
}
