// Written by `npm run registries` from what is beside it; do not edit.
import { subcommand as armRollback } from './arm-rollback.ts';
import { subcommand as askGoNoGo } from './ask-go-no-go.ts';
import { subcommand as cancelRelease } from './cancel-release.ts';
import { subcommand as changeRequest } from './change-request.ts';
import { subcommand as changeRollout } from './change-rollout.ts';
import { subcommand as check } from './check.ts';
import { subcommand as disarmRollback } from './disarm-rollback.ts';
import { subcommand as doctor } from './doctor.ts';
import { subcommand as editRelease } from './edit-release.ts';
import { subcommand as explainPlan } from './explain-plan.ts';
import { subcommand as followRelease } from './follow-release.ts';
import { subcommand as freeze } from './freeze.ts';
import { subcommand as handOver } from './hand-over.ts';
import { subcommand as help } from './help.ts';
import { subcommand as importRelease } from './import-release.ts';
import { subcommand as listReleases } from './list-releases.ts';
import { subcommand as lockProduct } from './lock-product.ts';
import { subcommand as newRelease } from './new-release.ts';
import { subcommand as override } from './override.ts';
import { subcommand as pauseRelease } from './pause-release.ts';
import { subcommand as readiness } from './readiness.ts';
import { subcommand as reassign } from './reassign.ts';
import { subcommand as recordDeployment } from './record-deployment.ts';
import { subcommand as remindVoters } from './remind-voters.ts';
import { subcommand as rescheduleRelease } from './reschedule-release.ts';
import { subcommand as resumeRelease } from './resume-release.ts';
import { subcommand as showAudit } from './show-audit.ts';
import { subcommand as showCab } from './show-cab.ts';
import { subcommand as showCalendar } from './show-calendar.ts';
import { subcommand as showConflicts } from './show-conflicts.ts';
import { subcommand as showDecision } from './show-decision.ts';
import { subcommand as showDrafts } from './show-drafts.ts';
import { subcommand as showEvidence } from './show-evidence.ts';
import { subcommand as showIncident } from './show-incident.ts';
import { subcommand as showMe } from './show-me.ts';
import { subcommand as showNotes } from './show-notes.ts';
import { subcommand as showRelease } from './show-release.ts';
import { subcommand as showRights } from './show-rights.ts';
import { subcommand as showRisk } from './show-risk.ts';
import { subcommand as showSchedule } from './show-schedule.ts';
import { subcommand as showStatus } from './show-status.ts';
import { subcommand as showTasks } from './show-tasks.ts';
import { subcommand as showTimeline } from './show-timeline.ts';
import { subcommand as signOff } from './sign-off.ts';
import { subcommand as subscribe } from './subscribe.ts';
import { subcommand as unfollowRelease } from './unfollow-release.ts';
import { subcommand as unlockProduct } from './unlock-product.ts';
import { subcommand as unsubscribe } from './unsubscribe.ts';
import { subcommand as whoKnows } from './who-knows.ts';

export const allReleaseCommands = [
  armRollback,
  askGoNoGo,
  cancelRelease,
  changeRequest,
  changeRollout,
  check,
  disarmRollback,
  doctor,
  editRelease,
  explainPlan,
  followRelease,
  freeze,
  handOver,
  help,
  importRelease,
  listReleases,
  lockProduct,
  newRelease,
  override,
  pauseRelease,
  readiness,
  reassign,
  recordDeployment,
  remindVoters,
  rescheduleRelease,
  resumeRelease,
  showAudit,
  showCab,
  showCalendar,
  showConflicts,
  showDecision,
  showDrafts,
  showEvidence,
  showIncident,
  showMe,
  showNotes,
  showRelease,
  showRights,
  showRisk,
  showSchedule,
  showStatus,
  showTasks,
  showTimeline,
  signOff,
  subscribe,
  unfollowRelease,
  unlockProduct,
  unsubscribe,
  whoKnows,
] as const;
