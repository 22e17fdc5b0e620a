import { recordedAnswers } from './recorded-answers';

recordedAnswers(['stages', 'random-aggregate', 'cursors', 'transactions']);
