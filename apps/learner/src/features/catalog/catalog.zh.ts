export const zh = { title: '课程', empty: '联盟发布的课程会出现在这里' } as const;
