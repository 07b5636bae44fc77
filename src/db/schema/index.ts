export * from './audit.ts';
export * from './go-no-go.ts';
export * from './late-requests.ts';
export * from './outbox.ts';
export * from './people.ts';
export * from './relations.ts';
export * from './release.ts';
export * from './rollout.ts';
