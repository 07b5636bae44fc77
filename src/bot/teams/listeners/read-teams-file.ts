import { createFetch } from '../../../lib/http/create-fetch.ts';
import { isHttpsOrLocal } from '../../../lib/http/https-or-local.ts';
import { longestImport } from '../../../services/release/keep-import.ts';
import type { ReadFile } from '../../interactions/interaction.ts';

const fetchFile = createFetch({ maxBytes: 4 * longestImport, timeoutMs: 2_500 });

/** Reads a file that somebody sent in the chat, for which Teams gives an address that opens it; of others it gives none. */
export const readTeamsFile: ReadFile = async ({ name, url }) => {
  if (url === null || !isHttpsOrLocal(url)) {
    return {
      problem: `Teams doesn't let me read ${name} here. Send it to me in our chat, or paste the plan as a block of code.`,
    };
  }
  try {
    const answer = await fetchFile(url);
    if (answer.status === 200) return { text: await answer.text() };
    return { problem: `Teams didn't give out ${name} (HTTP ${answer.status}). Send it again.` };
  } catch {
    return {
      problem: `I couldn't get ${name} from Teams in time. Try again in a minute. Nothing was planned.`,
    };
  }
};
