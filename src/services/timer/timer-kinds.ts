import { createRegistry } from '../../lib/create-registry.ts';
import { allTimerKinds } from './kinds/all-timer-kinds.generated.ts';
import type { TimerKind } from './timer-kind.ts';

/** Every kind of timer there is: the files in `kinds/`. */
export const timerKinds = createRegistry<TimerKind>(allTimerKinds);
