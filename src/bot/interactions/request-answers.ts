import { type Line, line } from '../../core/card/line.ts';
import type { DecidedRequest } from '../../services/requests/decide-request.ts';

/** What is answered to whoever has decided on a request. */
export function decidedRequestSentence(decided: DecidedRequest): Line {
  const { releaseKey, decision, words, personName, answer } = decided;
  const about = releaseKey === null ? '' : `${releaseKey}: `;
  const said = (text: string) =>
    about === '' ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : about + text;
  switch (decision) {
    case 'approve':
      return line`${said(`you approved the request of ${personName} to ${words}`)}. ${answer ?? ''}`;
    case 'refuse':
      return said(`you refused the request of ${personName} to ${words}. They are told why.`);
    case 'withdraw':
      return said(`you withdrew your request to ${words}.`);
  }
}
