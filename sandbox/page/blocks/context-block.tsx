import type { ContextBlock as Context } from '@slack/types';
import { Collapsible } from './collapsible.tsx';
import { textLength } from './kit.ts';
import { Text } from './text-object.tsx';

export function ContextBlock({ block }: { block: Context }) {
  return (
    <div className="block-context">
      <Collapsible length={textLength(block.elements)}>
        {block.elements.map((element, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: context elements have no identity but their place
          <div key={index}>
            {element.type === 'image' ? <span>[{element.alt_text}]</span> : <Text text={element} />}
          </div>
        ))}
      </Collapsible>
    </div>
  );
}
