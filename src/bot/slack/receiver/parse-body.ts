export type Payload = Record<string, unknown>;

/** A body as the object that Bolt takes; null when it can't be read as what it says it is. */
export function parseBody(contentType: string | undefined, body: Buffer): Payload | null {
  const mediaType = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === 'application/json') return parseObject(body.toString('utf8'));
  if (mediaType !== 'application/x-www-form-urlencoded') return null;
  const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  return form.payload === undefined ? form : parseObject(form.payload);
}

function parseObject(json: string): Payload | null {
  try {
    const value: unknown = JSON.parse(json);
    return isPayload(value) ? value : null;
  } catch {
    return null;
  }
}

function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
