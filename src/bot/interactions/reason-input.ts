import type { TextInput } from '../../core/card/form.ts';

/** The field in which a person says why; `initial` is what they typed already. */
export function reasonInput(label: string, initial = ''): TextInput {
  return { type: 'input', kind: 'text', name: 'reason', label, multiline: true, maxLength: 3000, initial };
}
