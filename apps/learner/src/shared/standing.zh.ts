export const zh = {
  met: '已达标',
  exempt: '本年度免',
  exemptCycle: '本周期免',
  missing: '还差 {{amount}}',
  outOfReach: '再学也达不到',
  makeUpBy: '{{day}}前',
  or: '，或 ',
  and: ' 加 ',
  retired: '您已退休，自{{since}}起没有任务。',
  retiredRecord: '您已退休，自{{since}}起没有任务；以下是 {{year}} 年的学习记录，算到在职的最后一天。',
  noRulesThen: '到这一天为止，这里还没有登记您单位已生效的学时学分办法。后来登记的，从登记那天起看得到。',
  noRules: '您的单位没有生效的学时学分办法，学习记录会先留着，等办法生效后再计入。',
} as const;
