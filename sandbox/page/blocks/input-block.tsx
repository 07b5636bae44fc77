import type { InputBlock as Input } from '@slack/types';
import { useContext, useId } from 'react';
import { Control } from '../elements/control.tsx';
import { SurfaceContext } from '../elements/surface.ts';
import { actionIdOf, initialValue } from './kit.ts';

/** A labelled input of a modal, with its hint and its error. */
export function InputBlock({ block }: { block: Input }) {
  const id = useId();
  const { form } = useContext(SurfaceContext);
  const blockId = block.block_id ?? '';
  const actionId = actionIdOf(block.element);
  const error = form?.errors[blockId];
  const notes = [block.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="block-input">
      <label htmlFor={id} id={`${id}-label`}>
        {block.label.text}
        {block.optional && <span className="optional"> (optional)</span>}
      </label>
      <Control
        element={block.element}
        id={id}
        labelledBy={`${id}-label`}
        describedBy={notes}
        invalid={error !== undefined}
        testId={`input-${blockId}`}
        value={form?.values[blockId]?.[actionId] ?? initialValue(block.element) ?? ''}
        onChange={(value) => form?.setValue(blockId, actionId, value)}
      />
      {block.hint && (
        <p className="hint" id={`${id}-hint`}>
          {block.hint.text}
        </p>
      )}
      {error && (
        <p className="trouble" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
