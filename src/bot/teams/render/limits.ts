/**
 * Teams' limits as far as this app meets them. Lengths are in UTF-16 code units. Sources: Microsoft's pages on cards,
 * message size and dialogs.
 */
export const teamsLimits = {
  /** About 100 KB in UTF-16 are taken, mentions included; this stays well below. */
  messageCharacters: 40_000,
  actionsInRow: 6,
  buttonText: 80,
  /** What a button carries back; the card itself has no limit of its own for it. */
  buttonValue: 2_000,
  headerText: 300,
  summary: 500,
  lineText: 4_000,
  linkText: 500,
  url: 2_000,
  selectOptions: 200,
  inputText: 4_000,
  label: 300,
  dialogTitle: 64,
  refreshUsers: 60,
} as const;
