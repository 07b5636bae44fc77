import type { FormMetadata } from '../../../core/card/form.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Queries } from '../../../db/transaction.ts';

/** A form that somebody has open, and its release as it is now. */
export interface OpenForm {
  db: Queries;
  name: string;
  metadata: FormMetadata;
  release: Release;
  /** Epoch ms of the release's clock. */
  now: number;
}
