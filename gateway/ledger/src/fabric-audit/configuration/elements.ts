import type { common } from '@hyperledger/fabric-protos';

/** One part of a configuration, under its kind and path, as Fabric names it: `[Value]  /Channel/Capabilities`. */
export type Element =
  | { readonly kind: 'group'; readonly path: string; readonly content: common.ConfigGroup }
  | { readonly kind: 'value'; readonly path: string; readonly content: common.ConfigValue }
  | { readonly kind: 'policy'; readonly path: string; readonly content: common.ConfigPolicy };

export type Elements = ReadonlyMap<string, Element>;

/** Fabric gives a part without a policy for its change this one. */
const DEFAULT_POLICY = 'Admins';

/**
 * Every part of a configuration's tree.
 * Throws an Error that names a part whose name would be a path.
 */
export function elementsOf(root: common.ConfigGroup | undefined): Map<string, Element> {
  const elements = new Map<string, Element>();
  const add = (element: Element) => void elements.set(nameOf(element.kind, element.path), element);
  const walk = (content: common.ConfigGroup, path: string) => {
    add({ kind: 'group', path, content });
    content.getGroupsMap().forEach((each, name) => walk(each, below(path, name)));
    content
      .getValuesMap()
      .forEach((each, name) => add({ kind: 'value', path: below(path, name), content: each }));
    content
      .getPoliciesMap()
      .forEach((each, name) => add({ kind: 'policy', path: below(path, name), content: each }));
  };
  if (root !== undefined) walk(root, '/Channel');
  return elements;
}

/**
 * The tree that parts make, as Fabric puts it together again: each group with the members that the group itself names.
 * Throws an Error that names a part which is missing.
 */
export function treeOf(elements: Elements, path = '/Channel'): common.ConfigGroup {
  const group = partOf(elements, 'group', path).content.cloneMessage();
  group.setModPolicy(group.getModPolicy() || DEFAULT_POLICY);
  const groups = group.getGroupsMap();
  for (const name of namesOf(groups)) groups.set(name, treeOf(elements, `${path}/${name}`));
  const values = group.getValuesMap();
  for (const name of namesOf(values)) {
    const value = partOf(elements, 'value', `${path}/${name}`).content.cloneMessage();
    value.setModPolicy(value.getModPolicy() || DEFAULT_POLICY);
    values.set(name, value);
  }
  const policies = group.getPoliciesMap();
  for (const name of namesOf(policies)) {
    const policy = partOf(elements, 'policy', `${path}/${name}`).content.cloneMessage();
    policy.setModPolicy(policy.getModPolicy() || DEFAULT_POLICY);
    policies.set(name, policy);
  }
  return group;
}

/** Reads as Fabric says it, and is one part's alone: a kind has no space, and a part's own name no slash. */
function nameOf(kind: Element['kind'], path: string): string {
  return `${kind} ${path}`;
}

function below(path: string, name: string): string {
  if (!name.includes('/')) return `${path}/${name}`;
  throw new Error(`configuration: expected a name without / in ${path}, found ${name}`);
}

interface Named {
  forEach(each: (value: unknown, name: string) => void): void;
}

function namesOf(map: Named): string[] {
  const names: string[] = [];
  map.forEach((_value, name) => void names.push(name));
  return names;
}

function partOf<K extends Element['kind']>(
  elements: Elements,
  kind: K,
  path: string,
): Extract<Element, { kind: K }> {
  const found = elements.get(nameOf(kind, path));
  if (found?.kind === kind) return found as Extract<Element, { kind: K }>;
  throw new Error(`configuration: expected the ${kind} ${path}, found none`);
}
