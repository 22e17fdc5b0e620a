export { compilePipeline } from './pipeline';
export { createScope, compileExpression } from './expression';
export { Budget, PAUSE } from './budget';
export { MemoryMeter } from './memory';
export { runAll } from './run-nested';
export type {
  CollectionStatistics,
  MergeSink,
  OutSink,
  Pipeline,
  PipelineContext,
  SourceCollection,
} from './stage';
export { STAGES } from './stages';
export { OPERATORS } from './expressions';
