/**
 * Slack's limits as far as this app meets them. Lengths are in UTF-16 code units, which is never fewer
 * than the characters Slack counts. Sources: the comments in `@slack/types`, docs.slack.dev/reference/block-kit.
 */
export const slackLimits = {
  headerText: 150,
  contextElements: 10,
  contextText: 2000,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  confirmTitle: 100,
  confirmText: 300,
  confirmLabel: 30,
  identifier: 255,
  /** Longer ones are documented as valid, but leave no room for the text around them. */
  url: 2000,
  linkText: 500,
  dateFallback: 200,
  /** Slack may split a longer one into several messages. */
  messageText: 3000,
  viewTitle: 24,
  privateMetadata: 3000,
  inputLabel: 2000,
  inputText: 3000,
  placeholder: 150,
  selectOptions: 100,
  optionText: 75,
} as const;

/**
 * Rich text has no documented limit of its own; this keeps each block at the length that Slack documents
 * for a section, so that a long text is shown whole, in several blocks.
 */
export const richTextLimits = { text: 3000, elements: 200, listItems: 50 } as const;

/** What a whole surface may hold. `characters`: of the blocks as JSON. */
export interface SurfaceBudget {
  blocks: number;
  characters: number;
}

/**
 * Slack refuses a message with `msg_blocks_too_long` from about 13,200 characters on, and the blocks' own
 * JSON counts (slackapi/bolt-js issues 2509 and 2867).
 */
export const messageBudget: SurfaceBudget = { blocks: 50, characters: 12_500 };

/** A view may have 250 kB as a whole; a character takes up to three bytes. */
export const viewBudget: SurfaceBudget = { blocks: 100, characters: 60_000 };
