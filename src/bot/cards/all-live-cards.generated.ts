// Written by `npm run registries` from what is beside it; do not edit.
import { liveCard as ballot } from './ballot/index.ts';
import { liveCard as changeRequest } from './change-request/index.ts';
import { liveCard as checklist } from './checklist/index.ts';
import { liveCard as draft } from './draft/index.ts';
import { liveCard as followed } from './followed/index.ts';
import { liveCard as form } from './form/index.ts';
import { liveCard as freezeRequest } from './freeze-request/index.ts';
import { liveCard as home } from './home/index.ts';
import { liveCard as offer } from './offer/index.ts';
import { liveCard as overdue } from './overdue/index.ts';
import { liveCard as poll } from './poll/index.ts';
import { liveCard as request } from './request/index.ts';
import { liveCard as rollout } from './rollout/index.ts';
import { liveCard as tasks } from './tasks/index.ts';

export const allLiveCards = [
  ballot,
  changeRequest,
  checklist,
  draft,
  followed,
  form,
  freezeRequest,
  home,
  offer,
  overdue,
  poll,
  request,
  rollout,
  tasks,
] as const;
