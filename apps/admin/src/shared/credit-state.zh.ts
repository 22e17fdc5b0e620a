export const zh = {
  met: '达标',
  open: '进行中',
  behind: '落后',
  missed: '未达标',
  exempt: '免',
  notCovered: '不适用',
  or: ' 或 ',
} as const;
