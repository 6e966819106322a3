import type { OpenApiDocument } from './document.js';

const REFERENCE = /"\$ref":"#\/components\/([^/"]+)\/([^/"]+)"/g;

type Components = Record<string, Record<string, object>>;

/** A document of one path, with the components that the path refers to, themselves or through others. */
export function partOfPath({ paths, ...document }: OpenApiDocument, path: string): OpenApiDocument {
  const item = paths[path] ?? {};
  const all = document.components as Readonly<Components>;
  const reached: Components = {};
  const reach = (part: object): void => {
    for (const [, kind = '', name = ''] of JSON.stringify(part).matchAll(REFERENCE)) {
      const component = all[kind]?.[name];
      const known = (reached[kind] ??= {});
      if (component === undefined || name in known) continue;
      known[name] = component;
      reach(component);
    }
  };
  reach(item);
  return { ...document, paths: { [path]: item }, components: reached };
}
