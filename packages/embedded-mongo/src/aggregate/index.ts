export { compilePipeline, compileUpdatePipeline } from './pipeline';
export { createScope, compileExpression } from './expression';
export { Budget, PAUSE, type BudgetOptions } from './budget';
export { runAll } from './run-nested';
export type {
  Item,
  MergeSink,
  OutSink,
  Pipeline,
  PipelineContext,
  PipelineHead,
  SourceCollection,
  SourceQuery,
} from './stage';
export { STAGES } from './stages';
export { OPERATORS } from './expressions';
