import type { ActionsBlock as Actions } from '@slack/types';
import { ActionElement } from '../elements/action-element.tsx';
import { actionIdOf } from './kit.ts';

export function ActionsBlock({ block }: { block: Actions }) {
  return (
    <div className="block-actions">
      {block.elements.map((element, index) => (
        <ActionElement key={actionIdOf(element) || index} element={element} blockId={block.block_id ?? ''} />
      ))}
    </div>
  );
}
