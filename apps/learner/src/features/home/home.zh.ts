export const zh = {
  greeting: { morning: '上午好，{{name}}', afternoon: '下午好，{{name}}', evening: '晚上好，{{name}}' },
  today: '今天',
  empty: '今天没有课',
  emptyText: '报名后，课会出现在这里。',
} as const;
