import type { DecidedRequest } from '../../services/requests/decide-request.ts';

/** What is answered to whoever has decided on a request. */
export function decidedRequestSentence({ releaseKey, decision, words, personName }: DecidedRequest): string {
  switch (decision) {
    case 'approve':
      return `${releaseKey}: you approved the request of ${personName} to ${words}. It has started.`;
    case 'refuse':
      return `${releaseKey}: you refused the request of ${personName} to ${words}. They are told why.`;
    case 'withdraw':
      return `${releaseKey}: you withdrew your request to ${words}.`;
  }
}
