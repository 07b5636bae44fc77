import type { FormElement, FormValues } from '../../../core/card/form.ts';
import type { Line } from '../../../core/card/line.ts';
import type { PlanFormField } from '../../../core/plan-file/plan-from-form.ts';
import type { Product } from '../../../core/product-file/product.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Ctx } from '../../../services/kernel/context.ts';

/** What somebody has filled in so far of a release that they plan. */
export interface Draft {
  ctx: Ctx;
  id: string;
  /** A field that is not among them was not shown yet; one that was left empty is null. */
  values: FormValues;
  /** The release of this product that was planned last; null: there is none. */
  last: Release | null;
  /** What the configuration says of the product; null: nothing. */
  product: Product | null;
}

/** One of the forms that plan a release, one after the other. */
export interface PlanStep {
  /** In the form's metadata. */
  name: string;
  /** What it asks, as a heading. */
  title: string;
  /** The fields that it has, the first one first: what concerns no other field is said beside that. */
  fields: readonly [PlanFormField, ...PlanFormField[]];
  body(draft: Draft): FormElement[] | Promise<FormElement[]>;
  /** What is wrong besides what the plan itself shows. */
  check?(draft: Draft): Promise<PlanProblem[]>;
}

/** What has to be changed, and in which field. */
export interface PlanProblem {
  field: PlanFormField;
  message: Line;
}

/** What a field holds at first: what was filled in before, and what is proposed only if it was not shown yet. */
export function initialOf(
  { values }: Pick<Draft, 'values'>,
  name: PlanFormField,
  proposed: string | undefined,
): { initial?: string } {
  const initial = name in values ? values[name] : proposed;
  return initial ? { initial } : {};
}
