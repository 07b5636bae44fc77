import type { TrailEvent } from '../audit/trail-event.ts';
import type { Inline } from '../card/inline.ts';
import type { Line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import { isRoleName, roleTitle } from '../plan/roles.ts';

/** What things are called to people: the trail has keys and ids. */
export interface TrailNames {
  /** IANA zone in which instants are told. */
  zone: string;
  /** The title of an item of the schedule, by its key. */
  message(key: string): string;
  /** The title of a task, by its key. */
  task(key: string): string;
  /** Where a message goes, by its written destination: `#support`. */
  place(destination: string): string;
}

/** What an event says: what its actor did, as it continues their name, and on what evidence. */
export interface Told {
  says: Line;
  evidence?: readonly Line[];
}

export type Tell = (event: TrailEvent, names: TrailNames) => Line | Told;

/**
 * One kind of event. `decision`: what somebody decided, or what a decision came to. `step`: what else happened on the
 * way, told to those who ask for all of it.
 */
export interface EventKind {
  weight: 'decision' | 'step';
  /** Whether somebody who takes over has to know. */
  isNews: boolean;
  tell: Tell;
}

/** Kinds of event by their action. */
export type EventKinds = { [action: string]: EventKind };

export function decision(tell: Tell): EventKind {
  return { weight: 'decision', isNews: true, tell };
}

/** A decision that is for the record: another event tells the same, or whoever takes over sees how it stands anyway. */
export function onRecord(tell: Tell): EventKind {
  return { weight: 'decision', isNews: false, tell };
}

export function step(tell: Tell): EventKind {
  return { weight: 'step', isNews: false, tell };
}

/** `QA Lead`; a role that is not among the product's is called as it is written. */
export function roleWords(role: string): string {
  return isRoleName(role) ? roleTitle(role) : role.replaceAll('_', ' ');
}

/** `25 %`; `an unknown share` where nobody knows. */
export function percentWords(value: unknown): string {
  return typeof value === 'number' ? `${value} %` : 'an unknown share';
}

/** What a record says in one word or figure; `unknown` where it says nothing. */
export function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'unknown';
}

/** `: the reason`, or nothing where none was given. */
export function because(value: unknown): string {
  const reason = typeof value === 'string' ? withoutStop(value.trim()) : '';
  return reason === '' ? '' : `: ${reason}`;
}

/** A sentence ends where it is shown. */
export function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** The latest instant that there is in JavaScript, epoch ms. */
const latestInstant = 8.64e15;

/** An instant (ISO 8601, or epoch ms); null where the record has none. */
export function instantWords(value: unknown, zone: string): Inline | null {
  const at = typeof value === 'string' ? Date.parse(value) : value;
  return typeof at === 'number' && Number.isInteger(at) && Math.abs(at) <= latestInstant
    ? localDate(at, zone)
    : null;
}
