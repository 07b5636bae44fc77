import { type Document, isAlias, isScalar, isSeq, type Node, visit, type YAMLMap } from 'yaml';

/** What an alias stands for, anything else being itself; undefined for an alias without an anchor before it. */
export function createAliasResolver(document: Document): (node: unknown) => unknown {
  const anchors = new Map<string, Node>();
  const targets = new Map<unknown, Node | undefined>();
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) targets.set(node, anchors.get(node.source));
      else if (node.anchor) anchors.set(node.anchor, node);
    },
  });
  return (node) => (isAlias(node) ? targets.get(node) : node);
}

/** Whether it is `<<`, which merges other maps into its own. In quotes it is a key like any other. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

/** What a map merges, the first one winning. */
export function mergeSources(map: YAMLMap, resolve: (node: unknown) => unknown): unknown[] {
  const merged = map.items.filter(({ key }) => isMergeKey(key)).map(({ value }) => resolve(value));
  return merged.flatMap((value) => (isSeq(value) ? value.items.map(resolve) : [value]));
}
