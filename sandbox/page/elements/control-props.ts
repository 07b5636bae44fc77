import type { AnyElement, Value } from '../blocks/kit.ts';

/** What every form control gets. */
export interface ControlProps {
  element: AnyElement;
  value: Value;
  onChange: (value: Value) => void;
  testId: string;
  id?: string;
  labelledBy?: string;
  describedBy?: string;
  invalid?: boolean;
  disabled?: boolean;
}
