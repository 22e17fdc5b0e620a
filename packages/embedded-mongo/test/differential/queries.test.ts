import { recordedAnswers } from './recorded-answers';

recordedAnswers([
  'match-compare',
  'match-in',
  'match-regex',
  'match-shape',
  'match-top',
  'projection',
  'sort',
  'index',
  'random-find',
]);
