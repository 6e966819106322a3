import type { ComponentChildren } from 'preact';

const GROUP = /.{1,4}/gu;

/** An identifier in groups of four, copied whole and without spaces. */
export function Identifier({ id }: { readonly id: string }): ComponentChildren {
  const groups = id.match(GROUP) ?? [];
  return (
    <span class="id grouped">
      {groups.map((group, place) => (
        <span key={place}>{group}</span>
      ))}
    </span>
  );
}
