import type * as z from 'zod';
import type { Card } from '../../core/card/card.ts';
import type { Form, FormOutcome, FormValues } from '../../core/card/form.ts';
import type { Line } from '../../core/card/line.ts';
import type { AddedMessage } from '../../core/evidence/added-message.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import type { Refusal } from '../../services/kernel/result.ts';
import { refusalCard, sentenceCard } from '../cards/answers/refusal-card.ts';

/**
 * What a person gets for an action or a command, in private. `none`: the card that changes is answer enough.
 * `isSecret`: whoever reads the card can use it, so that it is shown only where nobody else reads.
 */
export type Answer =
  | { kind: 'card'; card: Card; isSecret?: true }
  | { kind: 'form'; form: Form }
  | { kind: 'none' };

/** What a button does: a file in `actions/`. */
export interface Action<Value = unknown> {
  /** As in `Button.action` of the cards. */
  name: string;
  /** The button's value; it is checked like any other input. */
  value: z.ZodType<Value>;
  /** It only shows something or opens a form; should it fail, nothing was changed. */
  readsOnly?: true;
  /** It opens a form for those who may. A platform may have to know that before the button is pressed. */
  opensForm?: true;
  run(request: { ctx: Ctx; value: Value }): Promise<Answer>;
}

/** What is offered to people who type, as help and completion show it. */
export interface OfferedCommand {
  /** A single word, such as `promote`. */
  name: string;
  /** What may follow the name, such as `[release] [to 10% | full]`; empty when nothing may. */
  usage: string;
  /** What it does, as a clause that begins with a small letter. */
  help: string;
  /** Where it stands in help and hints; the lowest comes first. */
  position: number;
  /** It only shows something or opens a form; should it fail, nothing was changed. */
  readsOnly?: true;
}

export interface CommandRequest {
  ctx: Ctx;
  /** What was typed after the name. */
  words: string;
  /** Every command there is, for whoever asks for help. */
  commands: readonly Command[];
}

/** What a typed command does: a file in `commands/`. */
export interface SimpleCommand extends OfferedCommand {
  /** One line for the list that a platform shows while a person types. */
  description: string;
  run(request: CommandRequest): Promise<Answer>;
}

/** A command of which the next word says what it does. */
export interface CommandGroup extends Omit<SimpleCommand, 'run' | 'usage'> {
  subcommands: readonly Subcommand[];
}

export type Command = SimpleCommand | CommandGroup;

/** What the first word after a command does: a file in `<command>-commands/`. */
export interface Subcommand extends OfferedCommand {
  run(request: CommandRequest): Promise<Answer>;
}

/** What happens to a form that was submitted: a file in `forms/`. */
export interface FormHandler<Metadata = unknown> {
  /** As in `Form.name`. */
  name: string;
  /** What the form was opened with; it is checked like any other input. */
  metadata: z.ZodType<Metadata>;
  /** `back`: the person wants the form before, with what they have typed in this one. */
  run(submission: { ctx: Ctx; values: FormValues; metadata: Metadata; back?: boolean }): Promise<FormOutcome>;
}

/** What a person can do with a message that is there already: a file in `shortcuts/`. */
export interface Shortcut {
  name: string;
  /** As the platform's menu shows it; at most 24 characters. */
  title: string;
  /** One line for the list of what the app can do; at most 150 characters. */
  description: string;
  run(request: ShortcutRequest): Promise<Answer>;
}

export interface ShortcutRequest {
  ctx: Ctx;
  /** What is too long of it is cut off, visibly. */
  message: AddedMessage;
  /** The whole text, with the marks that people type, such as those of code. */
  typed: string;
  files: readonly MessageFile[];
  readFile: ReadFile;
}

/** A file of a message, as its platform names it. */
export interface MessageFile {
  name: string;
  /** Where its platform gives it out; null: a bot gets it nowhere. */
  url: string | null;
}

/** The text of a file, or why there is none, in a whole sentence. Never throws. */
export type ReadFile = (file: MessageFile) => Promise<{ text: string } | { problem: Line }>;

/** Lets the type of the value follow from its schema. */
export function defineAction<Value>(action: Action<Value>): Action<Value> {
  return action;
}

/** Lets the type of the metadata follow from its schema. */
export function defineForm<Metadata>(handler: FormHandler<Metadata>): FormHandler<Metadata> {
  return handler;
}

export const noAnswer: Answer = { kind: 'none' };

export function answerCard(card: Card): Answer {
  return { kind: 'card', card };
}

/** For the person alone, also where answers are posted below what was typed. */
export function answerSecret(card: Card): Answer {
  return { kind: 'card', card, isSecret: true };
}

export function answerSentence(sentence: Line): Answer {
  return answerCard(sentenceCard(sentence));
}

export function answerRefusal(refusal: Refusal): Answer {
  return answerCard(refusalCard(refusal));
}

export function answerForm(form: Form): Answer {
  return { kind: 'form', form };
}
