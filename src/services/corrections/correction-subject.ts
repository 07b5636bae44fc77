/** What a correction is called in the outbox. */
export const correctionSubject = 'correction';

/** What a message is called that is not of the schedule. */
export function titleOf(subject: string): string {
  const titles: Record<string, string> = {
    planned: 'Release planned',
    edited: 'Plan changed',
    rescheduled: 'Go-live moved',
    [correctionSubject]: 'Correction',
  };
  return titles[subject] ?? subject;
}
