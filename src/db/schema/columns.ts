import { customType, timestamp } from 'drizzle-orm/pg-core';
import { type Destination, decodeDestination, encodeDestination } from '../../core/address/destination.ts';

/** An instant with its zone, millisecond precision, as a Date. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });

/** A destination, stored as its written form. */
export const destinationText = customType<{ data: Destination; driverData: string }>({
  dataType: () => 'text',
  toDriver: encodeDestination,
  fromDriver: decodeDestination,
});
