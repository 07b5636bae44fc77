/** The live card that a message with buttons is: they are taken away once they would be refused. */
export const offerKind = 'offer';
