export * from './corrupt';
export * from './forge';
export * from './make-export';
export * from './redo';
