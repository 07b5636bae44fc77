import { useMemo } from 'react';
import type { Message, Workspace } from '../../control-api.ts';
import { threadMessages } from '../store/messages.ts';
import type { PageState } from '../store/state.ts';
import { dispatch } from '../store/store.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { SidePanel } from './side-panel.tsx';

interface Props {
  state: PageState;
  workspace: Workspace;
  thread: { channel: string; ts: string };
}

const NONE: Message[] = [];

/** A message and its replies, at the side. */
export function ThreadPanel({ state, workspace, thread }: Props) {
  const { actor, zone } = state;
  const held = state.messages[thread.channel] ?? NONE;
  const messages = useMemo(() => threadMessages(held, thread.ts, actor), [held, thread.ts, actor]);
  return (
    <SidePanel title="Thread" testId="thread" onClose={() => dispatch({ type: 'thread', thread: null })}>
      <MessageList {...{ workspace, actor, zone, messages, held }} inThread label="Thread" />
      <Composer
        key={thread.ts}
        state={state}
        channel={thread.channel}
        threadTs={thread.ts}
        placeholder="Reply…"
      />
    </SidePanel>
  );
}
