/** What came back of a button or form that we made; null when it is no JSON. It is checked by whoever uses it. */
export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text || 'null');
  } catch {
    return null;
  }
}
