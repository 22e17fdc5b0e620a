export const zh = {
  all: '全部',
  counted: '{{name}} {{count}}',
  notCovered: '不适用',
  or: ' 或 ',
} as const;
