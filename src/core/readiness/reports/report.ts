/** What a report comes to, for each kind of gate that it can answer. */
export interface Report {
  /** Percent or a number of findings, for a gate with a limit. */
  number: number;
  /** For a gate that has to pass; left out where the report says nothing of that. */
  passed?: boolean;
}
