/**
 * The desk's core, free of any framework: the annotation model, the operation log with its journal and
 * background sync, the key router and the clock of active time. Viewers and screens build on it.
 */
export * from './activity';
export * from './backoff';
export * from './diff';
export * from './draft-sync';
export * from './idb-journal';
export * from './journal';
export * from './keys';
export * from './model';
export * from './operation-log';
export * from './operations';
export * from './resume';
export * from './scheduler';
export * from './validation';
