export const zh = {
  name: '班名',
  no: '班号',
  base: '基地',
  dates: '日期',
  seats: '已报 / 名额',
  waiting: '候补',
} as const;
