import { timestamp } from 'drizzle-orm/pg-core';

/** An instant with its zone, millisecond precision, as a Date. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
