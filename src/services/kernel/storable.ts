const nul = /\0/g;

/**
 * The same value with every text in it well-formed and without NUL, however deep: PostgreSQL takes neither a
 * NUL nor half of a surrogate pair, in text or in JSON. Keys are left alone, since they are never typed.
 */
export function storable<Value>(value: Value): Value {
  return clean(value) as Value;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value.replace(nul, ''));
  if (Array.isArray(value)) return value.map(clean);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, clean(part)]));
}

/** As `String.prototype.toWellFormed`, which the types of our language level don't know yet. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
