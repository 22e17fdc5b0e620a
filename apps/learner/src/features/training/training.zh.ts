export const zh = { title: '日程', empty: '报名后，您的课会出现在这里' } as const;
