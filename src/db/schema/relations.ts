import { relations } from 'drizzle-orm';
import { polls, votes } from './go-no-go.ts';
import { identities, persons } from './people.ts';
import { releaseDestinations, releasePeople, releases } from './release.ts';
import { tasks } from './tasks.ts';

export const releaseRelations = relations(releases, ({ many }) => ({
  people: many(releasePeople),
  destinations: many(releaseDestinations),
}));

export const releasePersonRelations = relations(releasePeople, ({ one }) => ({
  release: one(releases, { fields: [releasePeople.releaseId], references: [releases.id] }),
  person: one(persons, { fields: [releasePeople.personId], references: [persons.id] }),
}));

export const releaseDestinationRelations = relations(releaseDestinations, ({ one }) => ({
  release: one(releases, { fields: [releaseDestinations.releaseId], references: [releases.id] }),
}));

export const personRelations = relations(persons, ({ many }) => ({ identities: many(identities) }));

export const identityRelations = relations(identities, ({ one }) => ({
  person: one(persons, { fields: [identities.personId], references: [persons.id] }),
}));

export const pollRelations = relations(polls, ({ many }) => ({ votes: many(votes) }));

export const voteRelations = relations(votes, ({ one }) => ({
  poll: one(polls, { fields: [votes.pollId], references: [polls.id] }),
  task: one(tasks, { fields: [votes.conditionTask], references: [tasks.id] }),
}));
