import { expect, it } from 'vitest';
import { present, readCount, readId, readNamed, readText } from './search-params';

it('reads what is in order and leaves out the rest', () => {
  const names = { lecture: '讲授', 'on-site': '现场' } as const;
  expect(
    present({
      text: readText('垦荒'),
      long: readText('长'.repeat(200))?.length,
      empty: readText(''),
      id: readId('01890000-0000-7000-8000-000000000001'),
      notId: readId('01890000'),
      form: readNamed('on-site', names),
      inherited: readNamed('toString', names),
      length: readCount(3),
      half: readCount(0.5),
    }),
  ).toEqual({
    text: '垦荒',
    long: 60,
    id: '01890000-0000-7000-8000-000000000001',
    form: 'on-site',
    length: 3,
  });
});
