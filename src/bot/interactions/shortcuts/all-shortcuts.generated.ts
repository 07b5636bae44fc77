// Written by `npm run registries` from what is beside it; do not edit.
import { shortcut as addToRecord } from './add-to-record.ts';
import { shortcut as planRelease } from './plan-release.ts';

export const allShortcuts = [
  addToRecord,
  planRelease,
] as const;
