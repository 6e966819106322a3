/** Where keys are made by whoever has a ticket: they have no token yet. */
export const ENTRIES_PATH = '/v1/keystore/entries';
