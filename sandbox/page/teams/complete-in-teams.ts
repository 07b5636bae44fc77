/** Completion in Teams' composer: `@` people and the app, then what the app understands. */
import type { Workspace } from '../../control-api.ts';
import { type Suggestion, suggestCommands } from '../text/complete-command.ts';
import { suggestWords } from '../text/complete-word.ts';

interface Typed {
  draft: string;
  caret: number;
  workspace: Workspace;
  releaseKeys: string[];
  /** In the chat with the app it need not be mentioned. */
  inChat: boolean;
}

/** What could follow: `@tminus`, its commands and their words, then release keys; people by `@`, emoji by `:`. */
export function completeInTeams(typed: Typed): Suggestion[] {
  const { draft, caret, workspace } = typed;
  const commands = suggestForApp(typed);
  if (commands.length > 0) return commands;
  const { name, userId: id } = workspace.bot;
  const app = { id, name, realName: name, title: 'The app', email: '', color: '' };
  const words = suggestWords(draft, caret, { people: [app, ...workspace.people], channels: [] });
  // Teams has no `@here`.
  return words.filter(({ label }) => label !== '@here' && label !== '@channel');
}

function suggestForApp({ draft, workspace, releaseKeys, inChat }: Typed): Suggestion[] {
  const mention = `@${workspace.bot.name} `;
  // Who begins with a slash, as in Slack, is led to the mention.
  const slash = !inChat && draft.startsWith('/');
  const lead = draft.startsWith(mention) ? mention : '';
  const text = draft.slice(slash ? 1 : lead.length);
  if (lead === '' && !slash && (!inChat || text === '')) return [];
  const commands = workspace.commands.map((each) => ({ ...each, command: withSlash(each.command) }));
  return suggestCommands(`/${text}`, commands, releaseKeys).map((suggestion) => ({
    ...suggestion,
    insert: `${slash ? mention : lead}${suggestion.insert.slice(1)}`,
    label: `${slash ? mention : ''}${suggestion.label.slice(1)}`,
  }));
}

const withSlash = (command: string) => (command.startsWith('/') ? command : `/${command}`);
