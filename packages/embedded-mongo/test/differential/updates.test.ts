import { recordedAnswers } from './recorded-answers';

recordedAnswers([
  'update-array',
  'update-number',
  'update-pipeline',
  'update-set',
  'update-write',
  'random-update',
]);
