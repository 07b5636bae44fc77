import { type ReactNode, useContext, useState } from 'react';
import { type AnyElement, actionIdOf, initialValue, type Value } from '../blocks/kit.ts';
import { ConfirmDialog } from '../dialogs/confirm-dialog.tsx';
import { ButtonElement } from './button-element.tsx';
import { Control } from './control.tsx';
import { OverflowElement } from './overflow-element.tsx';
import { SurfaceContext } from './surface.ts';
import { useAction } from './use-action.ts';

interface Props {
  element: AnyElement;
  blockId: string;
}

/** An element that acts at once when it is used: asks for confirmation where the app wants one. */
export function ActionElement({ element, blockId }: Props): ReactNode {
  const actionId = actionIdOf(element);
  const { pending, trouble, run } = useAction(blockId, actionId);
  const { form } = useContext(SurfaceContext);
  const [picked, setPicked] = useState<Value>();
  const [asking, setAsking] = useState<{ selected?: Value } | null>(null);
  const confirm = 'confirm' in element ? element.confirm : undefined;
  const action = (selected?: Value) => {
    if (selected !== undefined) {
      setPicked(selected);
      form?.setValue(blockId, actionId, selected);
    }
    void run(selected);
  };
  const use = (selected?: Value) => {
    if (pending) return;
    if (confirm) setAsking(selected === undefined ? {} : { selected });
    else action(selected);
  };
  const answer = (yes: boolean) => {
    setAsking(null);
    if (yes) action(asking?.selected);
  };
  return (
    <span className="action-element">
      <Face element={element} pending={pending} value={picked} use={use} />
      {pending && element.type !== 'button' && <span className="spinner" aria-hidden="true" />}
      {trouble && (
        <span className="trouble" role="alert">
          {trouble}
        </span>
      )}
      {confirm && asking && <ConfirmDialog confirm={confirm} onAnswer={answer} />}
    </span>
  );
}

interface FaceProps {
  element: AnyElement;
  pending: boolean;
  value: Value | undefined;
  use: (selected?: Value) => void;
}

function Face({ element, pending, value, use }: FaceProps): ReactNode {
  if (element.type === 'button') return <ButtonElement element={element} pending={pending} onClick={use} />;
  if (element.type === 'overflow') return <OverflowElement element={element} onPick={use} />;
  if (element.type === 'image') return <span>[{element.alt_text}]</span>;
  return (
    <Control
      element={element}
      testId={`action-${actionIdOf(element)}`}
      value={value ?? initialValue(element) ?? ''}
      onChange={use}
    />
  );
}
