export * from './corrupt';
export * from './make-export';
