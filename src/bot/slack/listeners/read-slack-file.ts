import { describeError } from '../../../lib/describe-error.ts';
import { createFetch } from '../../../lib/http/create-fetch.ts';
import { isLoopback } from '../../../lib/is-loopback.ts';
import { longestImport } from '../../../services/release/keep-import.ts';
import type { MessageFile, ReadFile } from '../../interactions/interaction.ts';
import type { ListenerContext } from './listener-context.ts';

/** A file as Slack names it with a message. */
export interface SlackFile extends MessageFile {
  id: string | null;
  permalink?: string;
}

/** A trigger lives three seconds: what comes of the file has to be shown within them. Milliseconds. */
const timeoutMs = 2_000;
const fetchFile = createFetch({ maxBytes: 4 * longestImport, timeoutMs });

/** Reads a file with the app's token, which only Slack gets. */
export async function readSlackFile(
  { interactive, services }: Pick<ListenerContext, 'interactive' | 'services'>,
  { name, url: given, id }: SlackFile,
): ReturnType<ReadFile> {
  const { token = '', slackApiUrl } = interactive;
  try {
    const url = given ?? (await findUrl(interactive, id));
    if (url === null || !isOfSlack(url, slackApiUrl)) {
      return { problem: `Slack doesn't say where ${name} is. Paste the plan as a block of code instead.` };
    }
    const answer = await fetchFile(url, { headers: { authorization: `Bearer ${token}` } });
    // Without the permission Slack answers with a page that asks to sign in.
    const isPage = answer.headers.get('content-type')?.startsWith('text/html') === true;
    if (answer.status === 200 && !isPage) return { text: await answer.text() };
    services.log.warn({ status: answer.status, isPage }, 'Slack did not give out a file');
    return {
      problem: `Slack didn't let me read ${name}. An operator has to give the app the permission files:read and install it again. Until then, paste the plan as a block of code.`,
    };
  } catch (error) {
    services.log.warn({ note: describeError(error) }, 'a file of Slack could not be read');
    return {
      problem: `I couldn't get ${name} from Slack in time. Try again in a minute. Nothing was planned.`,
    };
  }
}

/** In a channel that is shared with another organization, Slack says only on request where a file is. */
async function findUrl(
  interactive: ListenerContext['interactive'],
  id: string | null,
): Promise<string | null> {
  if (id === null) return null;
  const { file } = await interactive.files.info({ file: id });
  return file?.url_private_download ?? null;
}

/** Its own servers, or what stands in for it on this machine, whatever the port. */
function isOfSlack(address: string, apiUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, origin } = new URL(address);
  const api = new URL(apiUrl);
  if (origin === api.origin || (hostname === api.hostname && isLoopback(hostname))) return true;
  return protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'));
}
