/** A map of what `make` makes of each value of a record, under its name. */
export function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  make: (value: From) => To,
): Map<string, To> {
  return new Map(Object.entries(record).map(([name, value]) => [name, make(value)]));
}
