export * from './copy-level.js';
export * from './durable-file.js';
export * from './format.js';
export * from './held-database.js';
export { holdsDatabase, isOpenElsewhere, openFailure } from './open-level.js';
