import type { ComponentChildren } from 'preact';

/** A state: a word, a shape and a colour. */
export type StateName = 'ok' | 'now' | 'next' | 'due' | 'hold' | 'refused' | 'unchecked';

export function State(props: {
  readonly is: StateName;
  readonly children: ComponentChildren;
}): ComponentChildren {
  return <span class={`st ${props.is}`}>{props.children}</span>;
}
