import type { ScheduleItem } from './derive-schedule.ts';

/** When a release's follow-up is over: with the last item that has an instant, at go-live at the earliest. Epoch ms. */
export function followUpEnd(schedule: readonly Pick<ScheduleItem, 'dueAt'>[], goLiveAt: number): number {
  return Math.max(goLiveAt, ...schedule.map(({ dueAt }) => dueAt ?? 0));
}
