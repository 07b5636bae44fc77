/** The timer that reminds the owner of a lock; its subject is the lock. */
export const lockReminderKind = 'lock-remind';

/** How often the owner of a lock is reminded, milliseconds of the release's clock. */
export const lockReminderEveryMs = 24 * 3_600_000;
