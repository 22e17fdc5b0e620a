export const zh = {
  people: '人员',
  name: '姓名',
  personNo: '编号',
  unit: '单位',
  rank: '职务职级',
  none: '没有找到人',
} as const;
