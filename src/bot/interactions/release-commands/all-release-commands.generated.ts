// Written by `npm run registries` from what is beside it; do not edit.
import { subcommand as askGoNoGo } from './ask-go-no-go.ts';
import { subcommand as cancelRelease } from './cancel-release.ts';
import { subcommand as editRelease } from './edit-release.ts';
import { subcommand as explainPlan } from './explain-plan.ts';
import { subcommand as followRelease } from './follow-release.ts';
import { subcommand as freeze } from './freeze.ts';
import { subcommand as help } from './help.ts';
import { subcommand as importRelease } from './import-release.ts';
import { subcommand as listReleases } from './list-releases.ts';
import { subcommand as newRelease } from './new-release.ts';
import { subcommand as override } from './override.ts';
import { subcommand as pauseRelease } from './pause-release.ts';
import { subcommand as reassign } from './reassign.ts';
import { subcommand as recordDeployment } from './record-deployment.ts';
import { subcommand as remindVoters } from './remind-voters.ts';
import { subcommand as rescheduleRelease } from './reschedule-release.ts';
import { subcommand as resumeRelease } from './resume-release.ts';
import { subcommand as showCalendar } from './show-calendar.ts';
import { subcommand as showConflicts } from './show-conflicts.ts';
import { subcommand as showDecision } from './show-decision.ts';
import { subcommand as showDrafts } from './show-drafts.ts';
import { subcommand as showMe } from './show-me.ts';
import { subcommand as showRelease } from './show-release.ts';
import { subcommand as showRisk } from './show-risk.ts';
import { subcommand as showSchedule } from './show-schedule.ts';
import { subcommand as showStatus } from './show-status.ts';
import { subcommand as showTasks } from './show-tasks.ts';
import { subcommand as showTimeline } from './show-timeline.ts';
import { subcommand as signOff } from './sign-off.ts';
import { subcommand as subscribe } from './subscribe.ts';
import { subcommand as unfollowRelease } from './unfollow-release.ts';
import { subcommand as unsubscribe } from './unsubscribe.ts';
import { subcommand as whoKnows } from './who-knows.ts';

export const allReleaseCommands = [
  askGoNoGo,
  cancelRelease,
  editRelease,
  explainPlan,
  followRelease,
  freeze,
  help,
  importRelease,
  listReleases,
  newRelease,
  override,
  pauseRelease,
  reassign,
  recordDeployment,
  remindVoters,
  rescheduleRelease,
  resumeRelease,
  showCalendar,
  showConflicts,
  showDecision,
  showDrafts,
  showMe,
  showRelease,
  showRisk,
  showSchedule,
  showStatus,
  showTasks,
  showTimeline,
  signOff,
  subscribe,
  unfollowRelease,
  unsubscribe,
  whoKnows,
] as const;
