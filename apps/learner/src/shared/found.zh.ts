export const zh = {
  show: { label: '看什么', courses: '课程', lessons: '微课', bases: '基地' },
  more: '再看 {{count}} 个',
  narrow: '还有更多。换个更具体的词，会更快找到。',
} as const;
