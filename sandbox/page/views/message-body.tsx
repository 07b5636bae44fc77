import { useMemo } from 'react';
import type { Message } from '../../control-api.ts';
import { BlockList } from '../blocks/block-list.tsx';
import { Collapsible } from '../blocks/collapsible.tsx';
import { asBlocks, textLength } from '../blocks/kit.ts';
import { Mrkdwn } from '../blocks/text-object.tsx';
import { type Surface, SurfaceContext } from '../elements/surface.ts';

/** What a message says: its blocks, or its text where it has none. */
export function MessageBody({ message }: { message: Message }) {
  const { channel, ts } = message;
  const blocks = useMemo(() => asBlocks(message.blocks), [message.blocks]);
  const surface = useMemo<Surface>(() => ({ on: { channel, ts } }), [channel, ts]);
  if (blocks.length === 0) {
    return (
      <Collapsible length={textLength({ text: message.text })}>
        <Mrkdwn source={message.text} />
      </Collapsible>
    );
  }
  return (
    <SurfaceContext.Provider value={surface}>
      <BlockList blocks={blocks} />
    </SurfaceContext.Provider>
  );
}
