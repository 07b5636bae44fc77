/**
 * The live cards there are.
 * - `poll`: a go/no-go poll in the release's channel.
 * - `ballot`: the same poll in a voter's direct messages.
 * - `rollout`: the rollout in the release's channel.
 * - `home`: a person's App Home.
 */
export const cardKinds = ['poll', 'ballot', 'rollout', 'home'] as const;
export type CardKind = (typeof cardKinds)[number];
