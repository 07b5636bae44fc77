/** What a correction is called in the outbox. */
export const correctionSubject = 'correction';
