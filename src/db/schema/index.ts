export * from './audit.ts';
export * from './go-no-go.ts';
export * from './outbox.ts';
export * from './people.ts';
export * from './process.ts';
export * from './relations.ts';
export * from './release.ts';
export * from './rollout.ts';
