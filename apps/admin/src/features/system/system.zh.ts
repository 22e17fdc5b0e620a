export const zh = { title: '系统', empty: '还没有单位和人员' } as const;
