export const zh = { title: '工作台', empty: '今天没有等您办的事' } as const;
