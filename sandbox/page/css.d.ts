/** A style sheet is imported for the bundler's sake: it has no values. */
declare module '*.css';
