import type { JsonObject } from './stored.ts';

/** Slack's way of saying no: an error code within an HTTP 200. */
export class SlackRefusal extends Error {
  override name = 'SlackRefusal';
  readonly code: string;
  readonly extra: JsonObject;

  constructor(code: string, extra: JsonObject = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }

  /** With Slack's list of what was wrong. */
  static explained(code: string, messages: string[]): SlackRefusal {
    return new SlackRefusal(code, { response_metadata: { messages } });
  }

  static missing(name: string): SlackRefusal {
    return SlackRefusal.explained('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
  }
}

/** HTTP 429. */
export class RateLimited extends Error {
  override name = 'RateLimited';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('ratelimited');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
