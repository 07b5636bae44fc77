import * as z from 'zod';
import type { Fetch } from '../../lib/http/create-fetch.ts';

const VersionAnswer = z.object({ version: z.string().min(1).max(200) });

/**
 * The version that a server tells at this address, as plain text of one line or as JSON with a field `version`; null when
 * it tells none, whatever the reason.
 */
export async function readVersion(fetch: Fetch, url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { headers: { accept: 'application/json, text/plain' } });
    const text = (await response.text()).trim();
    return response.status === 200 ? versionIn(text) : null;
  } catch {
    return null;
  }
}

function versionIn(text: string): string | null {
  // `OK` is none.
  if (!text.startsWith('{')) return /^(?=[^\s]*\d)[^\s<>]{1,200}$/.test(text) ? text : null;
  try {
    const answer = VersionAnswer.safeParse(JSON.parse(text));
    return answer.success ? answer.data.version : null;
  } catch {
    return null;
  }
}
