/** How a request ended. A client error is the caller's doing, and says nothing against the version that answered. */
export const requestOutcomes = ['success', 'client-error', 'error', 'unknown'] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

export interface OutcomeRule {
  /** Outcomes by code, such as `404`, or class, such as `4xx`; they go before the defaults. */
  codes: Readonly<Record<string, RequestOutcome>>;
  /** The outcome of a code that neither `codes` nor the defaults know, and of a missing one. */
  otherCodes: 'unknown' | 'error';
}

const outcomesByClass: Readonly<Record<string, RequestOutcome>> = {
  '1xx': 'success',
  '2xx': 'success',
  '3xx': 'success',
  '4xx': 'client-error',
  '5xx': 'error',
};

/** gRPC's codes are what the HTTP status is that google.rpc.Code maps them to. `0` is a request without an answer. */
const wordsByOutcome = {
  success: ['ok', 'success'],
  'client-error': [
    ...['cancelled', 'canceled', 'invalid_argument', 'not_found', 'already_exists', 'permission_denied'],
    ...['unauthenticated', 'resource_exhausted', 'failed_precondition', 'aborted', 'out_of_range'],
  ],
  error: [
    ...['0', 'error', 'failed', 'failure', 'timeout'],
    ...['unknown', 'deadline_exceeded', 'unimplemented', 'internal', 'unavailable', 'data_loss'],
  ],
} as const satisfies Partial<Record<RequestOutcome, readonly string[]>>;

const defaults: ReadonlyMap<string, RequestOutcome> = new Map([
  ...Object.entries(outcomesByClass),
  ...Object.entries(wordsByOutcome).flatMap(([outcome, words]) =>
    words.map((word): [string, RequestOutcome] => [normalizeCode(word), outcome as RequestOutcome]),
  ),
]);

/**
 * Makes the function that tells how a request ended by the code that a metric gives it: an HTTP code (`503`), its
 * class (`5xx`), either with words behind it (`503 Service Unavailable`), or a word, whose case, spaces, `_` and `-`
 * do not matter (`DEADLINE_EXCEEDED`, `DeadlineExceeded`). What is not known to be a success or a client error is
 * an error or unknown.
 */
export function createOutcomeReader({ codes, otherCodes }: OutcomeRule): (code: string) => RequestOutcome {
  const own = new Map(Object.entries(codes).map(([code, outcome]) => [normalizeCode(code), outcome]));
  return (code) => {
    const names = namesOf(code);
    for (const known of [own, defaults]) {
      const name = names.find((each) => known.has(each));
      const outcome = name === undefined ? undefined : known.get(name);
      if (outcome !== undefined) return outcome;
    }
    return otherCodes;
  };
}

/** What a code goes by, the most exact first: all of it, its number, its class. */
function namesOf(code: string): string[] {
  const whole = normalizeCode(code);
  const number = /^\s*([1-5](?:\d\d|xx))(?![\w.])/i.exec(code)?.[1]?.toLowerCase();
  return number === undefined ? [whole] : [whole, number, `${number[0]}xx`];
}

function normalizeCode(code: string): string {
  return code.toLowerCase().replace(/[\s_-]+/g, '');
}
