/** How people call what comes only when things go differently: what is about it has no day. */
export const SETBACKS = 'setbacks';
