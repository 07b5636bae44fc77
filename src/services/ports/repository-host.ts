/** A pull request that is in a release. */
export interface MergedPull {
  number: number;
  title: string;
  /** Lower case. */
  labels: readonly string[];
}

/** What lies between two tags of a repository. */
export interface TagRange {
  /** `owner/name` */
  repository: string;
  /** The tag or commit of the version before. */
  from: string;
  /** The tag, branch or commit of this version. */
  to: string;
}

/** The host did not answer. The message says why, in a sentence. */
export class RepositoryUnavailableError extends Error {
  override readonly name = 'RepositoryUnavailableError';
}

/** Where the source of a release is. */
export interface RepositoryHost {
  /**
   * The pull requests that were merged between two tags, each once, by number; `isWhole`: these are all.
   * @throws RepositoryUnavailableError
   */
  mergedBetween(range: TagRange): Promise<{ pulls: MergedPull[]; isWhole: boolean }>;
}
