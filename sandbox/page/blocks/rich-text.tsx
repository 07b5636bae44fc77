/**
 * The one place that uses slack-blocks-to-jsx. It renders rich text, and the blocks that this page has no
 * component of its own for. Texts of type `plain_text` and `mrkdwn` never reach it: it would read markup and
 * mentions in plain text, and in escaped characters.
 */
import type { KnownBlock, RichTextBlockElement } from '@slack/types';
import { type ComponentProps, createElement, useMemo } from 'react';
import { Message } from 'slack-blocks-to-jsx';
import { usePick } from '../store/store.ts';
import { SlackDate } from './slack-date.tsx';

type LibraryProps = ComponentProps<typeof Message>;

const hooks: NonNullable<LibraryProps['hooks']> = {
  date: ({ timestamp, format }) => createElement(SlackDate, { seconds: Number(timestamp), format }),
  // A name that is no emoji stays as it was typed.
  emoji: (emoji, parse) => {
    const shown = parse(emoji);
    return shown === emoji.name ? `:${emoji.name}:` : shown;
  },
};

export function RichText({ elements }: { elements: RichTextBlockElement[] }) {
  return <LibraryBlock block={{ type: 'rich_text', elements }} />;
}

export function LibraryBlock({ block }: { block: KnownBlock }) {
  const workspace = usePick((state) => state.workspace);
  const data = useMemo(() => {
    const people = workspace?.people.map(({ id, realName }) => ({ id, name: realName })) ?? [];
    const bot = workspace ? [{ id: workspace.bot.userId, name: workspace.bot.name }] : [];
    return { users: [...people, ...bot], channels: workspace?.channels ?? [] };
  }, [workspace]);
  const blocks = useMemo(() => asLibraryBlocks(block), [block]);
  return (
    <Message
      blocks={blocks}
      data={data}
      hooks={hooks}
      theme="light"
      name=""
      logo=""
      withoutWrapper
      unstyled
    />
  );
}

function asLibraryBlocks(block: KnownBlock): LibraryProps['blocks'] {
  // The same JSON, but neither type is assignable to the other: Slack's has team mentions and any indent.
  return [block] as LibraryProps['blocks'];
}
