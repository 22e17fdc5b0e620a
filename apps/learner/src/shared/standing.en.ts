import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './standing.zh';

export const en: SameShape<typeof zh> = {
  met: 'Target met',
  exempt: 'Exempt this year',
  exemptCycle: 'Exempt in this cycle',
  missing: '{{amount}} to go',
  outOfReach: 'Out of reach now',
  makeUpBy: 'by {{day}}',
  or: ' or ',
  and: ' and ',
  retired: 'You have retired; nothing is asked from {{since}}.',
  retiredRecord:
    'You have retired; nothing is asked from {{since}}. Below is the record of {{year}} up to the last day of service.',
  noRulesThen:
    'By that day no rules in force for your unit had been entered here. Rules entered later show from the day they were entered.',
  noRules: 'No credit rules are in force for your unit yet. What you do is kept and counted once they are.',
};
