import { describeInstant } from '../../core/calendar/describe-instant.ts';
import { type Html, type HtmlValue, html } from '../../lib/html.ts';

/** A table with a caption that screen readers say; a sentence where it has no rows. */
export function table(
  caption: string,
  { heads, rows, empty, kind = '' }: { heads: string[]; rows: HtmlValue[][]; empty: string; kind?: string },
): Html {
  if (rows.length === 0) return html`<p class="soft">${empty}</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="${kind}">
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody>
</table></div>`;
}

/** Names with what belongs to them. */
export function facts(caption: string, entries: readonly [string, HtmlValue][]): Html {
  const rows = entries.map(([name, value]) => html`<tr><th scope="row">${name}</th>${cell(value)}</tr>\n`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><tbody>
${rows}</tbody></table></div>`;
}

function cell(value: HtmlValue): Html {
  return html`<td>${value}</td>`;
}

export function list(items: readonly HtmlValue[]): HtmlValue {
  return items.length === 0 ? null : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

/** An instant as people of the release read it, without its zone, which the page names once; a dash where there is none. */
export function instantIn(zone: string): (at: number | Date | null) => HtmlValue {
  return (at) => {
    const ms = at instanceof Date ? at.getTime() : at;
    if (ms === null || Number.isNaN(ms)) return '–';
    return html`<time datetime="${new Date(ms).toISOString()}">${describeInstant(ms, zone).replace(` (${zone})`, '')}</time>`;
  };
}
