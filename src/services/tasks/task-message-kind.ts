/** The live card that a reminder or a digest is. */
export const taskMessageKind = 'tasks';
