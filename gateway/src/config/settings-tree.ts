/** Settings as they are written: sections inside objects. */
export type SettingsTree = Readonly<Record<string, unknown>>;

/** Whether a value is a section, and not a list or a single value. */
export function isTree(value: unknown): value is SettingsTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The tree with one setting written into it; sections on the way are made where they are missing. */
export function withSetting(tree: SettingsTree, setting: string, value: unknown): SettingsTree {
  const [first = '', ...rest] = setting.split('.');
  if (rest.length === 0) return { ...tree, [first]: value };
  const inner = tree[first];
  return { ...tree, [first]: withSetting(isTree(inner) ? inner : {}, rest.join('.'), value) };
}

/** The tree with a setting's text changed, where there is one; `*` goes through every entry of a list or a section. */
export function mapSetting(
  value: unknown,
  steps: readonly string[],
  change: (text: string) => string,
): unknown {
  const [first, ...rest] = steps;
  if (first === undefined) return typeof value === 'string' ? change(value) : value;
  if (first === '*' && Array.isArray(value)) {
    return value.map((each) => mapSetting(each, rest, change));
  }
  if (first === '*' && isTree(value)) {
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([name, each]) => [name, mapSetting(each, rest, change)]),
    );
  }
  if (!isTree(value) || !(first in value)) return value;
  return { ...value, [first]: mapSetting(value[first], rest, change) };
}
