import type { ComponentChildren } from 'preact';

const GROUP = /.{1,4}/gu;
/** Facility, year and serial number, and the check character over them. */
const CHAIN = /^(.{5})(..)(.*)(.)$/u;

/** An identifier in groups of four, copied whole and without spaces. */
export function Identifier({ id }: { readonly id: string }): ComponentChildren {
  return <Grouped groups={id.match(GROUP) ?? []} />;
}

/** A chain of identity in its parts, with the check character set apart. */
export function ChainOfIdentity({ id }: { readonly id: string }): ComponentChildren {
  const [, facility = id, year = '', serial = '', check] = CHAIN.exec(id) ?? [];
  return <Grouped groups={[facility, year, serial]} check={check} />;
}

function Grouped(props: {
  readonly groups: readonly string[];
  readonly check?: string | undefined;
}): ComponentChildren {
  const { groups, check } = props;
  return (
    <span class="id grouped">
      {groups.map((group, place) => (
        <span key={place}>{group}</span>
      ))}
      {check !== undefined && <b>{check}</b>}
    </span>
  );
}
