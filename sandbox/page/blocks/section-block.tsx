import type { SectionBlock as Section } from '@slack/types';
import { ActionElement } from '../elements/action-element.tsx';
import { Collapsible } from './collapsible.tsx';
import { textLength } from './kit.ts';
import { Text } from './text-object.tsx';

export function SectionBlock({ block }: { block: Section }) {
  return (
    <div className="block-section">
      <div className="block-section-text">
        <Collapsible length={textLength([block.text, block.fields])}>
          {block.text && <Text text={block.text} />}
          {block.fields && (
            <div className="block-fields">
              {block.fields.map((field, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: fields have no identity but their place
                <div key={index}>
                  <Text text={field} />
                </div>
              ))}
            </div>
          )}
        </Collapsible>
      </div>
      {block.accessory && <ActionElement element={block.accessory} blockId={block.block_id ?? ''} />}
    </div>
  );
}
