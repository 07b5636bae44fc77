/** The live card that somebody who follows a release has in their direct messages. */
export const followedKind = 'followed';

/** What news for those who follow a release is called in the outbox. */
export const followerSubject = 'followed-news';

/** Everything in the outbox that is theirs alone. */
export const followerSubjects: readonly string[] = [followerSubject, `card:${followedKind}`];
