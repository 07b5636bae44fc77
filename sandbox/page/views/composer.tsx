import { type FormEvent, type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import type { WrittenFile } from '../../control-api.ts';
import { send } from '../store/actions.ts';
import { releaseKeysIn } from '../store/messages.ts';
import { draftKey, type PageState } from '../store/state.ts';
import { dispatch, getState } from '../store/store.ts';
import { useTrouble } from '../store/use-trouble.ts';
import { completeInTeams } from '../teams/complete-in-teams.ts';
import { isBlank } from '../text/check-draft.ts';
import { type Suggestion, suggestCommands } from '../text/complete-command.ts';
import { suggestWords } from '../text/complete-word.ts';
import { AttachFile } from './attach-file.tsx';
import { CommandMenu, optionId } from './command-menu.tsx';

interface Props {
  state: PageState;
  channel: string;
  placeholder: string;
  threadTs?: string;
}

/** Where a person types: Enter sends, Shift+Enter makes a line, `/` lists the commands, Tab completes. */
export function Composer({ state, channel, placeholder, threadTs }: Props) {
  const menuId = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const key = draftKey(state.actor, channel, threadTs);
  const draft = state.drafts[key] ?? '';
  const [chosen, setChosen] = useState(0);
  const [walked, setWalked] = useState(false);
  const [menuClosed, setMenuClosed] = useState(false);
  const [trouble, setTrouble] = useTrouble();
  const [pending, setPending] = useState(false);
  const [files, setFiles] = useState<WrittenFile[]>([]);
  const actor = state.workspace?.people.find(({ id }) => id === state.actor);
  const keys = useMemo(() => releaseKeysIn(state.messages), [state.messages]);
  const [caret, setCaret] = useState(draft.length);
  const suggestions = menuClosed ? [] : complete(state, { draft, caret, channel, threadTs, keys });

  const write = (text: string, at = text.length) => {
    setCaret(at);
    dispatch({ type: 'draft', key, text });
    setChosen(0);
    setWalked(false);
    setMenuClosed(false);
    setTrouble(undefined);
  };

  const isEmpty = isBlank(draft) && files.length === 0;
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (isEmpty || pending) return;
    setPending(true);
    const outcome = await send(draft, channel, threadTs, files);
    setPending(false);
    setTrouble(outcome);
    if (outcome === undefined) {
      forget(key, draft);
      setFiles([]);
    }
    input.current?.focus();
  };
  const take = (index: number) => {
    const suggestion = suggestions[index];
    if (suggestion) write(suggestion.insert);
    input.current?.focus();
  };
  const walk = (step: number) => {
    setChosen((chosen + step + suggestions.length) % suggestions.length);
    setWalked(true);
  };
  // Enter takes what was walked to, and completes a command or a name that is typed in part; else it sends.
  const unfinished = !draft.includes(' ') && !isCommand(state, draft);
  const completes = suggestions.length > 0 && (walked || unfinished || suggestions[0]?.kind === 'word');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (event.key === 'Enter' && !event.shiftKey) completes ? take(chosen) : void submit();
    else if (suggestions.length === 0) return;
    else if (event.key === 'Tab' && !event.shiftKey) take(chosen);
    else if (event.key === 'Escape') setMenuClosed(true);
    else if (step) walk(step);
    else return;
    event.preventDefault();
  };

  return (
    <form className="composer" onSubmit={submit}>
      {suggestions.length > 0 && (
        <CommandMenu id={menuId} suggestions={suggestions} chosen={chosen} onTake={take} />
      )}
      {trouble && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      <div className="composer-box">
        <textarea
          ref={input}
          id={threadTs ? undefined : 'composer'}
          rows={1}
          value={draft}
          placeholder={placeholder}
          aria-label={placeholder}
          aria-autocomplete="list"
          aria-controls={suggestions.length > 0 ? menuId : undefined}
          aria-activedescendant={suggestions.length > 0 ? optionId(menuId, chosen) : undefined}
          data-testid={threadTs ? 'thread-composer' : 'composer'}
          onChange={({ target }) => write(target.value, target.selectionEnd)}
          onKeyDown={onKeyDown}
        />
        <AttachFile files={files} onChange={setFiles} inThread={threadTs !== undefined} />
        <button
          type="submit"
          className="button primary"
          data-testid={threadTs ? 'thread-send' : 'send'}
          disabled={pending || isEmpty}
        >
          {pending && <span className="spinner" aria-hidden="true" />}
          Send
        </button>
      </div>
      <p className="composer-note">
        as <strong>{actor?.realName}</strong>
        {threadTs ? '' : state.platform === 'teams' ? inTeams : ' · / for commands, @ for people'}
      </p>
    </form>
  );
}

const inTeams = ' · @tminus for the app, @ for people';

interface Typed {
  draft: string;
  caret: number;
  channel: string;
  threadTs: string | undefined;
  keys: string[];
}

function complete({ platform, workspace }: PageState, typed: Typed): Suggestion[] {
  if (!workspace) return [];
  const { draft, caret, channel, threadTs, keys } = typed;
  if (platform === 'teams') {
    const inChat = workspace.channels.some(({ id, kind }) => id === channel && kind === 'direct');
    return completeInTeams({ draft, caret, workspace, releaseKeys: keys, inChat });
  }
  const commands = threadTs ? [] : suggestCommands(draft, workspace.commands, keys);
  return commands.length > 0 ? commands : suggestWords(draft, caret, workspace);
}

/** Whether a draft is a whole command already: `/release`, which others only begin with. */
function isCommand({ workspace }: PageState, draft: string): boolean {
  return workspace?.commands.some(({ command }) => command === draft || command === `/${draft}`) ?? false;
}

/** Takes what was sent out of the draft. What was typed while it was on its way stays. */
function forget(key: string, sent: string): void {
  const now = getState().drafts[key] ?? '';
  if (now.startsWith(sent)) dispatch({ type: 'draft', key, text: now.slice(sent.length) });
}
