import { recordedAnswers } from './recorded-answers';

recordedAnswers([
  'expr-arith',
  'expr-array',
  'expr-bool',
  'expr-compare',
  'expr-convert',
  'expr-date',
  'expr-object',
  'expr-string',
]);
