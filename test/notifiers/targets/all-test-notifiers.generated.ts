// Written by `npm run registries` from what is beside it; do not edit.
import { notifier as plain } from './plain/index.ts';

export const allTestNotifiers = [
  plain,
] as const;
