/** An emoji below a message, by its name without colons, and the ids of who added it, in that order. */
export interface Reaction {
  name: string;
  people: string[];
}

/**
 * POST /sandbox/actions/react: a person adds an emoji to a message, or takes their own away. What is so already
 * stays so. The answer's `message` has the reactions; the app is not told, as it does not subscribe to them.
 */
export interface ReactAction {
  person: string;
  channel: string;
  ts: string;
  /** Name of the emoji, such as `tada` or `+1`. */
  name: string;
  on: boolean;
}
