/** Where the bench says how far it is. */
export type Print = (line: string) => void;
