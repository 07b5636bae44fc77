import { type Alias, type Document, isMap, isScalar, type Node, type Pair, visit, type YAMLMap } from 'yaml';
import type { TextFault } from './text-fault.ts';
import { createAliasResolver, isMergeKey, mergeSources } from './yaml-aliases.ts';

/** Something in well-formed YAML that a plan can't have. */
export interface DocumentProblem extends TextFault {
  /** Whether what is around it can still be read as it was meant. */
  readable: boolean;
}

/** Aliases may repeat a part of a plan, not blow it up: a plan has fewer parts than this. */
export const MAX_ALIASES = 100;
/** Tags that say what a value is anyway. */
const harmlessTags = ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map(
  (name) => `tag:yaml.org,2002:${name}`,
);

/** What YAML allows and a plan does not: keys given twice, tags, aliases and merges of what is not there. */
export function checkDocument(document: Document): DocumentProblem[] {
  const resolve = createAliasResolver(document);
  const problems: DocumentProblem[][] = [];
  let aliases = 0;
  visit(document, {
    Value: (_, node) => void problems.push(checkTag(node)),
    Map: (_, map) => void problems.push(checkTag(map), findRepeatedKeys(map), checkMerges(map, resolve)),
    Alias: (_, alias) => {
      aliases += 1;
      if (resolve(alias) === undefined) problems.push([unresolved(alias)]);
      if (aliases <= MAX_ALIASES) return undefined;
      problems.push([problem(alias, `uses more than ${MAX_ALIASES} aliases (*)`, 'the parts written out')]);
      return visit.BREAK;
    },
  });
  return problems.flat();
}

function problem(node: unknown, message: string, expected: string, readable = false): DocumentProblem {
  return { offset: (node as Node).range?.[0] ?? 0, message, expected, readable };
}

function unresolved(alias: Alias): DocumentProblem {
  const message = `begins with *, an alias of a part marked &${alias.source}, which does not come before it`;
  return problem(alias, message, 'such a part, or a text in quotes');
}

function checkTag(node: Node & { tag?: string | undefined }): DocumentProblem[] {
  if (node.tag === undefined || harmlessTags.includes(node.tag)) return [];
  const tag = node.tag.replace(/^tag:yaml\.org,2002:/, '!!');
  const message = `begins with ${tag}, a tag, which plans do not support`;
  return [problem(node, message, 'the value without it, or a text that begins with ! in quotes')];
}

/** The last one counts; the others are as if they had not been written. */
function findRepeatedKeys(map: YAMLMap): DocumentProblem[] {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }: Pair) => {
    if (!isScalar(key) || isMergeKey(key)) return [];
    const name = String(key.value);
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [problem(key, `gives ${name} again`, 'each key once', true)];
  });
}

function checkMerges(map: YAMLMap, resolve: (node: unknown) => unknown): DocumentProblem[] {
  if (mergeSources(map, resolve).every((source) => source === undefined || isMap(source))) return [];
  const merge = map.items.find(({ key }) => isMergeKey(key));
  return [
    problem(
      merge?.key,
      'merges (<<) something that is not a group of fields',
      'an alias such as *rita, or a list of them',
    ),
  ];
}
