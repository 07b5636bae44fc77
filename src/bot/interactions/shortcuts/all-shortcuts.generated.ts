// Written by `npm run registries` from what is beside it; do not edit.
import { shortcut as addToRecord } from './add-to-record.ts';

export const allShortcuts = [
  addToRecord,
] as const;
