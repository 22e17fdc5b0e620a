export const zh = {
  met: '已达标',
  exempt: '本周期免',
  missing: '还差 {{amount}}',
  outOfReach: '再学也达不到',
  makeUpBy: '{{day}}前',
  or: '，或 ',
  and: ' 加 ',
  noRules: '您的单位没有生效的学时学分办法，学习记录会先留着，等办法生效后再计入。',
} as const;
