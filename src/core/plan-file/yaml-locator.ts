import { type Document, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { PlanIssue } from './plan-issue.ts';
import { createAliasResolver, isMergeKey, mergeSources } from './yaml-aliases.ts';

interface Step {
  value: unknown;
  key: number | undefined;
}

/** Parts of a plan found in its document. */
export interface Locator {
  /** Where the subject of an issue stands; for something missing, where it should have been. */
  offsetOf(issue: Pick<PlanIssue, 'path' | 'at'>): number;
  /** The node at a path; undefined when there is none. */
  nodeAt(path: PlanIssue['path']): unknown;
}

/** A map is indexed once, so that a thousand faults in one map are placed in a thousand steps. */
export function createLocator(document: Document): Locator {
  const resolve = createAliasResolver(document);
  const indexes = new WeakMap<YAMLMap, Map<string, Step>>();

  function indexOf(map: YAMLMap): Map<string, Step> {
    const known = indexes.get(map);
    if (known) return known;
    const index = new Map<string, Step>();
    indexes.set(map, index);
    for (const source of mergedInto(map, resolve).reverse()) {
      for (const [name, step] of indexOf(source)) index.set(name, step);
    }
    for (const { key, value } of map.items) {
      if (isScalar(key) && !isMergeKey(key)) index.set(String(key.value), { value, key: startOf(key) });
    }
    return index;
  }

  /** Of a repeated key the last counts, as in the data. */
  function stepInto(node: unknown, part: string | number): Step | undefined {
    const inner = resolve(node);
    if (isMap(inner)) return indexOf(inner).get(String(part));
    if (!isSeq(inner) || typeof part !== 'number' || part >= inner.items.length) return undefined;
    return { value: inner.items[part], key: undefined };
  }

  return {
    offsetOf({ path, at }) {
      let node: unknown = document.contents;
      let offset = startOf(node) ?? 0;
      for (const [depth, part] of path.entries()) {
        const last = depth === path.length - 1;
        const step = stepInto(node, part);
        if (step === undefined) return offset;
        node = step.value;
        const value = startOf(step.value);
        offset = (last && at === 'value' ? (value ?? step.key) : (step.key ?? value)) ?? offset;
      }
      return offset;
    },
    nodeAt: (path) => path.reduce<unknown>((node, part) => stepInto(node, part)?.value, document.contents),
  };
}

function mergedInto(map: YAMLMap, resolve: (node: unknown) => unknown): YAMLMap[] {
  return mergeSources(map, resolve).filter((source) => isMap(source));
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
