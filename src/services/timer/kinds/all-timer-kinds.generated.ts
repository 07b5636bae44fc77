// Written by `npm run registries` from what is beside it; do not edit.
import { timerKind as checklistsPost } from './checklists-post.ts';
import { timerKind as closeRelease } from './close-release.ts';
import { timerKind as communication } from './communication.ts';
import { timerKind as conditionDue } from './condition-due.ts';
import { timerKind as draftAsk } from './draft-ask.ts';
import { timerKind as draftRemind } from './draft-remind.ts';
import { timerKind as lockRemind } from './lock-remind.ts';
import { timerKind as pollClose } from './poll-close.ts';
import { timerKind as pollEscalate } from './poll-escalate.ts';
import { timerKind as pollRemind } from './poll-remind.ts';
import { timerKind as remindPerson } from './remind-person.ts';
import { timerKind as requestExpire } from './request-expire.ts';
import { timerKind as resumeRelease } from './resume-release.ts';
import { timerKind as soakOver } from './soak-over.ts';

export const allTimerKinds = [
  checklistsPost,
  closeRelease,
  communication,
  conditionDue,
  draftAsk,
  draftRemind,
  lockRemind,
  pollClose,
  pollEscalate,
  pollRemind,
  remindPerson,
  requestExpire,
  resumeRelease,
  soakOver,
] as const;
