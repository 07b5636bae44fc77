import type { Button } from '../card/card.ts';
import type { TaskState } from './task.ts';

/** What can be done with a task, for whoever may. One that people don't settle has no buttons. */
export function taskButtons({ id, state }: { id: string; state: TaskState }): Button[] {
  const value = JSON.stringify({ taskId: id });
  if (state !== 'open') return [{ action: 'reopen-task', label: 'Reopen', value }];
  return [
    { action: 'task-done', label: 'Done', style: 'primary', value },
    { action: 'change-task', label: 'More…', value },
  ];
}
