export * from './copy-level.js';
export * from './durable-file.js';
