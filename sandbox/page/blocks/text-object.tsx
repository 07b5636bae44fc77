import type { TextObject } from '@slack/types';
import { useMemo } from 'react';
import { mrkdwnToRichText } from '../text/mrkdwn.ts';
import { RichText } from './rich-text.tsx';

/** A text of Block Kit: plain text literally, mrkdwn formatted. */
export function Text({ text }: { text: TextObject }) {
  return text.type === 'mrkdwn' ? <Mrkdwn source={text.text} /> : <span className="plain">{text.text}</span>;
}

export function Mrkdwn({ source }: { source: string }) {
  const elements = useMemo(() => mrkdwnToRichText(source), [source]);
  return <RichText elements={elements} />;
}
