/** What research a consent covers: a permission of GA4GH's Data Use Ontology, with what it is limited to. */
export interface ResearchPermission {
  /** `DUO:` and seven digits */
  readonly permission: string;
  /** diseases by MONDO's codes, where the permission is of diseases */
  readonly diseases?: readonly string[];
  /** what whoever does research has to hold to, by DUO's codes */
  readonly modifiers: readonly string[];
}

/** What research is asked for. */
export interface ResearchUse {
  /** what it is, by DUO's codes of permissions */
  readonly research: string;
  /** diseases that it is about, by MONDO's codes */
  readonly diseases: readonly string[];
  /** what whoever does it undertakes to hold to, by DUO's codes of modifiers */
  readonly modifiers: readonly string[];
}

/** A term with those that it is a kind of. */
export interface Term {
  readonly code: string;
  readonly parents: readonly string[];
}

/** The members' table of terms: which there are, and what is a kind of what. */
export interface Terms {
  readonly permissions: readonly Term[];
  readonly modifiers: readonly Term[];
  readonly diseases: readonly Term[];
  /** the permission that is limited to the diseases that it names */
  readonly ofDiseases: string;
}

/** A table without terms, by which every term is unknown. */
export const NO_TERMS: Terms = { permissions: [], modifiers: [], diseases: [], ofDiseases: '' };

/**
 * Why research is not what was permitted, each as words; empty where it is. A permission covers what is a kind of it, and
 * not the reverse; whoever does the research undertakes every modifier that it comes with; what the table does not know
 * denies.
 */
export function lacksOfResearch(
  permitted: ResearchPermission,
  asked: ResearchUse | undefined,
  terms: Terms,
): readonly string[] {
  if (asked === undefined) return ['research not named'];
  const { ofDiseases } = terms;
  return [
    ...unknown(terms.permissions, [permitted.permission, asked.research]),
    ...unknown(terms.modifiers, [...permitted.modifiers, ...asked.modifiers]),
    ...unknown(terms.diseases, [...(permitted.diseases ?? []), ...asked.diseases]),
    ...(isKindOf(terms.permissions, asked.research, permitted.permission)
      ? []
      : [`research ${asked.research}`]),
    ...(permitted.permission === ofDiseases ? otherDiseases(permitted, asked, terms) : []),
    ...permitted.modifiers
      .filter((each) => !asked.modifiers.some((own) => isKindOf(terms.modifiers, own, each)))
      .map((each) => `modifier ${each}`),
  ];
}

function otherDiseases(
  { diseases = [] }: ResearchPermission,
  asked: ResearchUse,
  terms: Terms,
): readonly string[] {
  if (asked.diseases.length === 0) return ['disease not named'];
  return asked.diseases
    .filter((each) => !diseases.some((wider) => isKindOf(terms.diseases, each, wider)))
    .map((each) => `disease ${each}`);
}

function unknown(terms: readonly Term[], codes: readonly string[]): readonly string[] {
  return codes
    .filter((code) => !terms.some((each) => each.code === code))
    .map((code) => `unknown term ${code}`);
}

/** Whether a known term is another one, or a kind of it, over however many steps. */
export function isKindOf(terms: readonly Term[], code: string, wider: string): boolean {
  const reached = new Set<string>();
  const open = [code];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const here = next;
    if (reached.has(here)) continue;
    reached.add(here);
    open.push(...terms.filter((each) => each.code === here).flatMap(({ parents }) => parents));
  }
  return reached.has(wider) && terms.some((each) => each.code === code);
}
