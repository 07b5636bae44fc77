import { describeDate, describeInstant } from '../../core/calendar/describe-instant.ts';
import { AUDIENCE_TITLES } from '../../core/plan/audiences.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { roleTitle } from '../../core/plan/roles.ts';
import { describeNowhere, describePlaces, goesNowhere } from '../../core/schedule/nowhere.ts';
import { goLiveInstant } from '../../core/schedule/resolve-schedule-time.ts';
import type { PreviewedMessage } from '../../core/template/preview-messages.ts';
import { capitalize } from '../../lib/capitalize.ts';
import { countWords } from '../../lib/count-words.ts';
import { escapeHtml } from '../../lib/escape-html.ts';
import { fateLines } from '../plan/render-preview.ts';
import { cardHtml } from './card-html.ts';
import { type ShownAs, showAs } from './show-as.ts';
import { STYLE } from './style.ts';

interface Day {
  title: string;
  messages: readonly PreviewedMessage[];
}

/** The previewed messages as a page that needs nothing but itself: no script, no other file. `as`: as one kind of destination shows them. */
export function previewPage(plan: Plan, messages: readonly PreviewedMessage[], as?: ShownAs): string {
  const title = `${plan.product} ${plan.version}: what is sent, and when`;
  const days = byDay(plan, messages);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(introOf(plan, messages))}</p>
${describeNowhere(messages.map(({ item }) => item))
  .map((sentence) => `<p class="badge lost">${escapeHtml(sentence)}</p>`)
  .join('\n')}
</header>
<nav aria-label="Messages by day">
<ol>
${days.map(contentsOf).join('\n')}
</ol>
</nav>
<main>
${days.map((day) => dayHtml(plan, day, as)).join('\n')}
</main>
</body>
</html>
`;
}

function introOf({ release, goLive, ...plan }: Plan, messages: readonly PreviewedMessage[]): string {
  const at = describeInstant(goLiveInstant({ goLive }), goLive.zone);
  const what = `a ${plan.type} release, ${plan.stakeholders}`;
  return `${release}, ${what}, goes live ${at}. ${countWords(messages.length, 'message')}, as if everything went to plan, and what is said if it does not. Nothing is sent.`;
}

/** In the order in which they come; what an event sets off is under that event. */
function byDay(plan: Plan, messages: readonly PreviewedMessage[]): Day[] {
  const days = new Map<string, PreviewedMessage[]>();
  for (const message of messages) {
    const title = dayOf(plan, message);
    days.set(title, [...(days.get(title) ?? []), message]);
  }
  return [...days].map(([title, ofDay]) => ({ title, messages: ofDay }));
}

function dayOf({ goLive }: Plan, { item }: PreviewedMessage): string {
  if (item.dueAt === null) return capitalize(item.localTime);
  return `${item.label}, ${describeDate(item.dueAt, goLive.zone)}`;
}

function contentsOf({ title, messages }: Day): string {
  const entries = messages.map(
    ({ item }) => `<li><a href="#${escapeHtml(item.key)}">${escapeHtml(item.title)}</a></li>`,
  );
  return `<li>${escapeHtml(title)}\n<ol>${entries.join('')}</ol></li>`;
}

function dayHtml(plan: Plan, { title, messages }: Day, as: ShownAs | undefined): string {
  return `<section>
<h2>${escapeHtml(title)}</h2>
${messages.map((message) => messageHtml(plan, message, as)).join('\n')}
</section>`;
}

function messageHtml(plan: Plan, message: PreviewedMessage, as: ShownAs | undefined): string {
  const { item, card } = message;
  const shown =
    card === null
      ? '<p>A card that is edited in place, so that it always shows the rollout.</p>'
      : as === undefined
        ? cardHtml(card)
        : showAs(as, plan, { ...message, card }).html;
  const owner = item.owner === null ? '' : `, ${roleTitle(item.owner)}'s task`;
  const meta = `${item.localTime}, to ${describePlaces(item)}, for ${AUDIENCE_TITLES[item.audience]}${owner}`;
  const fates = fateLines(plan, message).map((line) => `<p class="fate">${escapeHtml(line)}</p>`);
  return `<article id="${escapeHtml(item.key)}">
<h3>${escapeHtml(item.title)} (${escapeHtml(item.key)})</h3>
<p class="meta">${escapeHtml(capitalize(meta))}</p>
${item.customerFacing ? '<p class="badge outside">Customers read this</p>' : ''}
${goesNowhere(item) ? '<p class="badge lost">Not sent: it has no destination</p>' : ''}
<div class="card">
${shown}
</div>
${fates.join('\n')}
</article>`;
}
