import { listWords } from '../../lib/list-words.ts';

/** `unsure`: it works, or may; somebody should look. */
export type FindingState = 'well' | 'unsure' | 'unwell';

/** What an examination found of one part. */
export interface Finding {
  /** Such as `Database`, or a driver by its name. */
  part: string;
  state: FindingState;
  /** Whole sentences: what was seen and, where something is to be done, what. Free of secrets. */
  says: string;
}

/** What is worst of them. */
export function worstOf(findings: readonly Finding[]): FindingState {
  const has = (state: FindingState) => findings.some((finding) => finding.state === state);
  if (has('unwell')) return 'unwell';
  return has('unsure') ? 'unsure' : 'well';
}

const order: readonly FindingState[] = ['unwell', 'unsure', 'well'];

/** The worst first; among equals, in their order. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return order.flatMap((state) => findings.filter((finding) => finding.state === state));
}

/** One line for all: `Something is wrong with Slack and Redis.` */
export function sumUp(findings: readonly Finding[]): string {
  const named = (state: FindingState) =>
    listWords(findings.filter((finding) => finding.state === state).map(({ part }) => part));
  switch (worstOf(findings)) {
    case 'well':
      return 'Everything is well.';
    case 'unsure':
      return `Nothing is broken; look at ${named('unsure')}.`;
    case 'unwell':
      return `Something is wrong with ${named('unwell')}.`;
  }
}
