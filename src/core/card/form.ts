import type { Block, Card } from './card.ts';
import type { Line } from './line.ts';

/** What a person is asked to fill in, free of any platform: a modal in one, a dialog in another. */
export interface Form {
  /** Which form it is: the submission is routed by it. */
  name: string;
  title: string;
  /** The label that submits it. */
  submit: string;
  /** Submitting it takes something away: traffic, a release, a go. Its button is red where a platform knows colours. */
  danger?: true;
  /** The label that closes it. */
  cancel: string;
  /** The label that goes back to the form before, with what was typed; it asks for no field to be filled in. */
  back?: string;
  /** Comes back with the submission, opaque to the platform. Never trusted for identity or rights. */
  metadata?: FormMetadata;
  body: FormElement[];
}

export type FormMetadata = Readonly<Record<string, string>>;

export type FormElement = Block | Input;

/** A field. Its value comes back under its name: a text, or null when it was left empty. */
export type Input = TextInput | SelectInput | DateInput | TimeInput | PersonInput;

interface InputBase {
  type: 'input';
  name: string;
  label: string;
  hint?: string;
  /** Without it, the form is not submitted until the field is filled in. */
  optional?: boolean;
}

/** A line of text, or several with `multiline`. */
export interface TextInput extends InputBase {
  kind: 'text';
  multiline?: boolean;
  initial?: string;
  placeholder?: string;
  /** In characters; a platform may allow fewer. */
  maxLength?: number;
}

/** A choice of one. */
export interface SelectInput extends InputBase {
  kind: 'select';
  options: readonly FormOption[];
  initial?: string;
  placeholder?: string;
}

export interface FormOption {
  /** At most 75 characters. */
  value: string;
  label: string;
}

/** A date as `YYYY-MM-DD`. */
export interface DateInput extends InputBase {
  kind: 'date';
  initial?: string;
}

/** A time of day as `HH:MM`, 24 hours. `zone` is the IANA zone it is read in. */
export interface TimeInput extends InputBase {
  kind: 'time';
  initial?: string;
  zone?: string;
}

/** One person. Its value, and `initial`, is the platform's id of that person. */
export interface PersonInput extends InputBase {
  kind: 'person';
  initial?: string;
}

/** What was filled in, by the names of the fields. */
export type FormValues = Readonly<Record<string, string | null>>;

/**
 * What becomes of a submitted form: it closes, shows errors beside its fields, or gives way to an answer or to the
 * next form. `late` is said in place of the errors where the fields are gone and it is not they that have to change;
 * or in place of the next form where it can't be shown any more.
 */
export type FormOutcome =
  | { kind: 'close' }
  | { kind: 'errors'; errors: Readonly<Record<string, Line>>; late?: Card }
  /** `notDone`: nothing came of it, so somebody else, or a later try, may still have use for the form. */
  | { kind: 'answer'; title: string; card: Card; notDone?: true; follows?: FollowedWork }
  | { kind: 'next'; form: Form; late: Card };

/** What has begun and is not over. A window that can be changed goes on to say how it ended; any other one need not stay. */
export interface FollowedWork {
  /** As an open form has them: which live card of kind `form` it is, and what that is about. */
  name: string;
  metadata: FormMetadata;
}

export type FormAnswer = Extract<FormOutcome, { kind: 'answer' }>;
