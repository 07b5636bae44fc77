// Written by `npm run registries` from what is beside it; do not edit.


export const allNotifiers = [

] as const;
