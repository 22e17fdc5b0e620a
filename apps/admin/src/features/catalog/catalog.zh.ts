export const zh = { title: '课程目录', empty: '还没有课程' } as const;
