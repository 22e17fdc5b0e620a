import { describe, expect, it } from 'vitest';
import { searchTermsOf } from '@cadre/domain/core';
import { personSearchKeysOf, searchHeadsOf, searchKeysOf } from './search-keys';

const finds = (keys: readonly string[], query: string): boolean =>
  searchTermsOf(query).every((term) => keys.some((key) => key.startsWith(term)));

describe('a title', () => {
  const keys = searchKeysOf('新时代“枫桥经验”与矛盾化解', 'T06-C01');
  it.each([
    '枫桥',
    '枫桥经验',
    '矛盾 枫桥',
    'fengqiao',
    'fengqiaojingyan',
    'fengq',
    'fq',
    'fqjy',
    'FQJY',
    'maodunhuajie',
    'mdhj',
    'xsd',
    '枫桥mdhj',
    't06-c01',
    'c01',
    '新时代枫桥',
  ])('is found by %s', (query) => {
    expect(finds(keys, query)).toBe(true);
  });
  it.each(['桥枫', 'engqiao', '枫桥经济', 'fjqy', 't07', '枫桥 海洋'])('is not found by %s', (query) => {
    expect(finds(keys, query)).toBe(false);
  });

  it('is found by more than the limit of a word, which is cut', () => {
    const long = searchKeysOf('习近平新时代中国特色社会主义思想的世界观和方法论');
    expect(finds(long, '习近平新时代中国特色社会主义思想的世界观和方法论')).toBe(true);
    expect(finds(long, 'xijinpingxinshidaizhongguotese')).toBe(true);
  });

  it('reads characters by their context', () => {
    expect(finds(searchKeysOf('行政处罚法'), 'xingzhengchufafa')).toBe(true);
    expect(finds(searchKeysOf('党建引领行业治理'), 'hangye')).toBe(true);
    expect(finds(searchKeysOf('重温入党誓词'), 'chongwen')).toBe(true);
    expect(finds(searchKeysOf('率先突破'), 'shuaixian')).toBe(true);
    expect(finds(searchKeysOf('发展战略'), 'zhanlue')).toBe(true);
    expect(finds(searchKeysOf('绿色金融'), 'lvse')).toBe(true);
  });

  it('keeps Latin words whole', () => {
    const mixed = searchKeysOf('AI应用与5G');
    expect(finds(mixed, 'ai')).toBe(true);
    expect(finds(mixed, 'aiyingyong')).toBe(true);
    expect(finds(mixed, '5g')).toBe(true);
    expect(finds(mixed, 'i')).toBe(false);
  });

  it('is ranked by its whole written form, pinyin and initials', () => {
    expect(searchHeadsOf('枫桥 经验')).toEqual(['枫桥经验', 'fengqiaojingyan', 'fqjy']);
  });
});

describe('a person', () => {
  it('is found by name, surname reading, initials and number', () => {
    const keys = personSearchKeysOf('单晓东', 'TZ-000123');
    for (const query of ['单晓', '晓东', 'shanxiaodong', 'sxd', 'xiaodong', 'TZ-000123', '000123'])
      expect(finds(keys, query), query).toBe(true);
    expect(finds(keys, 'danxiao')).toBe(false);
    expect(keys).toContain('tz-000123');
  });
});
