import { listWords } from '../../lib/list-words.ts';
import { type Block, bold, type Card, command, note, paragraph } from '../card/card.ts';
import { inlines, type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import { type RoleName, roleTitle } from '../plan/roles.ts';

/** What somebody takes over in a release, and what has happened in it since they were last told. */
export interface TakenOver {
  releaseKey: string;
  product: string;
  version: string;
  zone: string;
  roles: readonly RoleName[];
  openTasks: number;
  waitingDrafts: number;
  /** An open go/no-go in which one of the roles has not voted. */
  hasOpenVote: boolean;
  /** The oldest first; `at` is epoch ms. */
  news: readonly { at: number; sentence: Line }[];
}

/** So many events of a release are told, the latest ones. */
const mostNews = 12;

/** To whoever takes over: what is theirs now, and what they missed. */
export function handoverMessage({ from, releases }: { from: string; releases: readonly TakenOver[] }): Card {
  const summary = `${from} handed their duties over to you`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      ...releases.flatMap(releaseBlocks),
      note(line`What waits for you: ${command('release', 'tasks')}, or the app's home.`),
    ],
  };
}

function releaseBlocks({ news, zone, ...release }: TakenOver): Block[] {
  const { product, version, releaseKey, roles } = release;
  const titles = listWords(roles.map(roleTitle));
  const shown = news.slice(-mostNews);
  const left = news.length - shown.length;
  const since = left > 0 ? `Since you last looked (${left} older left out)` : 'Since you last looked';
  return [
    paragraph(bold(`${product} ${version}`), line` (${releaseKey}): ${titles}. ${waiting(release)}`),
    ...(shown.length === 0
      ? []
      : [
          paragraph(bold(since)),
          {
            type: 'list' as const,
            ordered: false,
            items: shown.map(({ at, sentence }) => inlines(line`${localDate(at, zone)}: ${sentence}`)),
          },
        ]),
  ];
}

function waiting({
  openTasks,
  waitingDrafts,
  hasOpenVote,
}: Pick<TakenOver, 'openTasks' | 'waitingDrafts' | 'hasOpenVote'>): Line {
  const parts = [
    ...(hasOpenVote ? ['a vote'] : []),
    ...(openTasks > 0 ? [openTasks === 1 ? '1 task' : `${openTasks} tasks`] : []),
    ...(waitingDrafts > 0
      ? [waitingDrafts === 1 ? '1 customer message' : `${waitingDrafts} customer messages`]
      : []),
  ];
  return parts.length === 0 ? 'Nothing waits right now.' : `Waiting: ${listWords(parts)}.`;
}
