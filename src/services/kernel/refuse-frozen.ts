import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import {
  freezesAt,
  type HoldingFreeze,
  nextFreeGoLive,
  nextFreeInstant,
} from '../../core/freeze/find-slot.ts';
import type { Freeze } from '../../core/freeze/freeze.ts';
import {
  describeOrganizationRoles,
  organizationRolesWith,
  type Permissions,
  rolesWith,
} from '../../core/permissions/permissions.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { isRoleName, roleTitle } from '../../core/plan/roles.ts';
import { goLiveInstant } from '../../core/schedule/resolve-schedule-time.ts';
import { brokenUntil, listAddedFreezes } from '../../db/queries/freezes.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { loadPermissions } from '../../db/queries/permissions.ts';
import type { Queries } from '../../db/transaction.ts';
import { listWords } from '../../lib/list-words.ts';
import type { Services } from './context.ts';
import { type Refusal, refuse } from './result.ts';
import type { Scope } from './scope.ts';
import { describeWhoMay } from './who-may.ts';

/** All freezes there are: those of the configuration, and those that were added and not ended. */
export async function loadFreezes(
  db: Queries,
  { freezes }: Pick<Services, 'freezes'>,
): Promise<readonly Freeze[]> {
  return [...freezes, ...(await listAddedFreezes(db))];
}

/** The freeze that holds for a release at an instant (epoch ms), unless somebody has broken the glass for it. */
export async function freezeHolding(
  db: Queries,
  services: Pick<Services, 'freezes'>,
  { release, plan = release.plan, at }: { release: Release; plan?: Plan; at: number },
): Promise<(HoldingFreeze & { all: readonly Freeze[] }) | null> {
  const all = await loadFreezes(db, services);
  const [holding] = freezesAt(all, plan, at);
  if (!holding) return null;
  const broken = await brokenUntil(db, release.id);
  return broken !== null && at < broken ? null : { ...holding, all };
}

/** Why a plan can't go live when it says; null: no freeze holds then. */
export async function frozenGoLive(
  db: Queries,
  services: Pick<Services, 'freezes'>,
  plan: Plan,
): Promise<Line | null> {
  const all = await loadFreezes(db, services);
  const [holding] = freezesAt(all, plan, goLiveInstant(plan));
  return holding
    ? goLiveSentence(
        plan,
        { ...holding, all },
        line`If it can't wait, plan it for then, and ${breakWords(plan.release, whoByPlan(plan, await loadPermissions(db)))}`,
      )
    : null;
}

/** The same of a plan that has no key and no people yet. */
export async function frozenSlot(
  db: Queries,
  services: Pick<Services, 'freezes'>,
  plan: FrozenPlan,
): Promise<Line | null> {
  const all = await loadFreezes(db, services);
  const [holding] = freezesAt(all, plan, goLiveInstant(plan));
  return holding ? goLiveSentence(plan, { ...holding, all }, 'Choose that or another one.') : null;
}

/** Why a planned release can't go live when its new plan says; null: it can. */
export async function refuseFrozenGoLive(
  scope: Scope,
  release: Release,
  plan: Plan,
): Promise<Refusal | null> {
  const at = goLiveInstant(plan);
  const holding = await freezeHolding(scope.tx, scope.ctx, { release, plan, at });
  if (!holding) return null;
  const message = goLiveSentence(plan, holding, breakWords(release.key, whoBreaks(release)));
  return refuse('invalid', message, { releaseId: release.id, field: 'date' }).refusal;
}

/** Why nothing is promoted now; null: no freeze holds. */
export async function refuseFrozenPromotion(scope: Scope, release: Release): Promise<Refusal | null> {
  const holding = await freezeHolding(scope.tx, scope.ctx, { release, at: scope.now });
  if (!holding) return null;
  const { freeze, span, all } = holding;
  const free = nextFreeInstant(all, release.plan, scope.now);
  const reason = line`The freeze "${freeze.name}" holds until ${localDate(span.until, freeze.zone)}. ${slotWords(free, freeze.zone)} ${breakWords(release.key, whoBreaks(release))}`;
  const about = { reasons: [reason], releaseId: release.id };
  return refuse('conditions-unmet', `${release.key} can't be promoted now.`, about).refusal;
}

type FrozenPlan = Pick<Plan, 'product' | 'production' | 'type' | 'goLive'>;

function goLiveSentence(
  plan: FrozenPlan,
  { freeze, span, all }: HoldingFreeze & { all: readonly Freeze[] },
  who: Line,
): Line {
  const { zone } = plan.goLive;
  const slot = nextFreeGoLive(all, plan)?.instant ?? null;
  return line`Go-live ${localDate(goLiveInstant(plan), zone)} is in the freeze "${freeze.name}", which holds until ${localDate(span.until, freeze.zone)}. ${slotWords(slot, zone)} ${who}`;
}

function slotWords(slot: number | null, zone: string): Line {
  if (slot === null) return 'There is no free slot within two years.';
  return line`The next free slot is ${localDate(slot, zone)}.`;
}

function breakWords(releaseKey: string, who: Line): Line {
  return line`${who} can break the freeze for it with ${command('release', `freeze break ${releaseKey}`)}.`;
}

function whoBreaks(release: Release): Line {
  return describeWhoMay(release, 'freeze.break');
}

function whoByPlan(plan: Plan, permissions: Permissions): Line {
  const roles = rolesWith(permissions, 'freeze.break').roles.filter(isRoleName);
  const named = roles.flatMap((role) => {
    const holder = plan.roles[role];
    return holder ? [`${holder.name} (${roleTitle(role)})`] : [];
  });
  const others = describeOrganizationRoles(organizationRolesWith(permissions, 'freeze.break'));
  const all = [...named, ...others];
  return all.length > 0 ? listWords(all, 'or') : 'Nobody yet';
}
