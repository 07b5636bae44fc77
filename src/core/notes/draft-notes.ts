import { capitalize } from '../../lib/capitalize.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import type { EditedText } from '../approval/edited-text.ts';
import { maxTitleLength } from '../approval/edited-text.ts';
import { LINK_TITLES, type LinkName } from '../plan/links-schema.ts';
import type { Plan } from '../plan/plan.ts';
import type { ReleaseType } from '../plan/planning-arguments.ts';
import { type NotedPull, withPulls } from './sort-pulls.ts';

/** A part of the notes: its heading and its lines; without lines it is left out. */
interface Section {
  heading: string;
  lines: readonly string[];
  /** Written out even where the plan has nothing for it, as a question to whoever edits the notes. */
  asks?: string;
  /** Only for these types of release; left out: for all. */
  types?: readonly ReleaseType[];
}

/**
 * The release notes of a plan to begin with, in the structure of S2 ("Release Notes Structure"): features, improvements,
 * fixes, migration, support; for a major release also breaking changes and a migration guide, which a plan does not say
 * and somebody has to write. Technical debt is left out, since readers have nothing of it. S2's figures on metrics are
 * those of a finished release, so none are stated beforehand. `pulls`: what was merged, where the plan names a repository.
 */
export function draftNotes(plan: Plan, pulls: readonly NotedPull[] = []): EditedText {
  const { product, version, type, summary } = plan;
  const title = shortenText(`Release notes: ${product} ${version} (${type})`, maxTitleLength);
  const parts = sectionsOf({ ...plan, scope: withPulls(plan.scope, pulls) })
    .filter(({ types }) => types === undefined || types.includes(type))
    .flatMap(({ heading, lines, asks }) => {
      const shown = lines.length === 0 && asks !== undefined ? [asks] : lines;
      return shown.length === 0 ? [] : [[heading, ...shown.map((line) => `- ${oneLine(line)}`)].join('\n')];
    });
  return { title, body: [oneLine(summary), ...parts].join('\n\n') };
}

function sectionsOf(plan: Plan): Section[] {
  const { scope, customerAction, downtime } = plan;
  return [
    { heading: '🚀 New features', lines: scope.features },
    {
      heading: '⚠️ Breaking changes',
      lines: [],
      asks: `[${TO_WRITE}: what breaks, for whom, until when the old way works; or remove this part]`,
      types: ['major'],
    },
    {
      heading: '🔧 Improvements',
      lines: [
        ...scope.performance.map((line) => `Performance: ${line}`),
        ...scope.security.map((line) => `Security: ${line}`),
      ],
    },
    { heading: '🐛 Bug fixes', lines: scope.fixes },
    {
      heading: '🔄 Migration guide',
      lines: [customerAction, downtime].flatMap((one) => (one ? [capitalize(one)] : [])),
      asks: `[${TO_WRITE}: what users and developers have to do; or remove this part]`,
      types: ['major'],
    },
    {
      heading: '🔄 What you have to do',
      lines: [customerAction, downtime].flatMap((one) => (one ? [capitalize(one)] : [])),
      types: everyTypeButMajor,
    },
    { heading: '📞 Support', lines: supportLinks.flatMap((name) => linkLine(plan, name)) },
  ];
}

/** What a draft leaves open begins so: notes that still have it are not approved. */
export const TO_WRITE = 'To write';

/** Whether a text still has something that a draft left open. */
export function isUnfinished({ body }: EditedText): boolean {
  return body.includes(`[${TO_WRITE}:`);
}

const everyTypeButMajor: readonly ReleaseType[] = ['minor', 'patch', 'hotfix', 'feature-flag'];

const supportLinks: readonly LinkName[] = ['help', 'support', 'training'];

function linkLine({ links }: Plan, name: LinkName): string[] {
  const url = links[name];
  return url === undefined ? [] : [`${LINK_TITLES[name]}: ${url}`];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
