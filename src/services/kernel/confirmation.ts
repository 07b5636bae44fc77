/** What the message is called in the outbox by which somebody confirms their address. */
export const confirmationSubject = 'confirm-subscription';
