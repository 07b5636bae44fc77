import type { DemoState } from '../control-api.ts';
import type { DemoAddresses, DemoOptions } from './demo.ts';
import type { DemoChange } from './demo-change.ts';

/** What the sandbox tells the demo's process. */
export type ToDemo =
  | { type: 'start'; options: DemoOptions }
  /** Answered with the state that follows; an empty change only asks for it. */
  | { type: 'change'; id: number; change: DemoChange }
  | { type: 'stop' };

/** What the demo's process tells the sandbox. */
export type FromDemo =
  | { type: 'ready'; addresses: DemoAddresses }
  | { type: 'failed'; message: string }
  | { type: 'answer'; id: number; answer: { state: DemoState } | { error: string } }
  /** Unasked, after a change. */
  | { type: 'state'; state: DemoState };
