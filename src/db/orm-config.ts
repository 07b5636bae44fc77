import * as schema from './schema/index.ts';

/** How drizzle is set up everywhere; drizzle.config.ts must name the same casing. */
export const ormConfig = { schema, casing: 'snake_case' } as const;
