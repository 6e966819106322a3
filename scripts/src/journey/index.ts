export * from './cast.js';
export * from './chapters.js';
export * from './desk.js';
export * from './http-desk.js';
export * from './labels.js';
export * from './ledger-desk.js';
export * from './steps.js';
export * from './therapy-journey.js';
