import { useEffect, useRef, useState } from 'react';
import type { Message, Workspace } from '../../control-api.ts';
import { announce } from '../text/announce.ts';

/** Messages that come within this time are told together. */
const GATHER_MS = 800;

interface Props {
  workspace: Workspace;
  actor: string;
  messages: Message[];
}

/** Tells a screen reader of new messages: a sentence for all that came in one go. */
export function Announcer({ workspace, actor, messages }: Props) {
  const newest = messages.at(-1)?.ts ?? '0';
  const told = useRef(newest);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (newest === told.current) return;
    const timer = setTimeout(() => {
      const nameOf = (id: string) => workspace.people.find((person) => person.id === id)?.realName;
      const reader = { actor, nameOf: (id: string) => nameOf(id) ?? workspace.bot.name };
      setSaid(announce(messages, told.current, reader));
      told.current = newest;
    }, GATHER_MS);
    return () => clearTimeout(timer);
  }, [newest, messages, actor, workspace]);
  return (
    <p className="sr-only" role="status" data-testid="announcer">
      {said}
    </p>
  );
}
