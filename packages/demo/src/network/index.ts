import { addDays, type CivilDate, type IdGenerator } from '@cadre/domain/core';
import type { Base, BaseTier, Instructor, Venue, VenueKind } from '@cadre/domain/network';
import type { Bilingual } from '@cadre/domain/core';
import rows from '../../data/network.json';
import type { Chance } from '../chance';
import { personName } from '../people/names';

export interface DemoNetwork {
  bases: Base[];
  venues: Venue[];
  instructors: Instructor[];
}

const VENUES: readonly { kind: VenueKind; name: Bilingual; share: number }[] = [
  { kind: 'hall', name: { zh: '报告厅', en: 'Lecture hall' }, share: 0.8 },
  { kind: 'outdoor', name: { zh: '现场教学点', en: 'On-site teaching point' }, share: 0.6 },
  { kind: 'classroom', name: { zh: '研讨室', en: 'Seminar room' }, share: 0.5 },
];

/** Teaching points that people know by name. */
const KNOWN_VENUES: Readonly<Record<string, readonly [Bilingual, Bilingual, Bilingual]>> = {
  C00: [
    { zh: '垦荒精神展览馆', en: 'Reclamation exhibition hall' },
    { zh: '垦荒纪念碑', en: 'Reclamation monument' },
    { zh: '青年宫研讨室', en: 'Youth Palace seminar room' },
  ],
};

const ACCESS: Readonly<Record<string, string>> = {
  C00: '椒江海门码头乘船，约 1.5 小时；遇海雾可能停航，请提前半天到达。',
};

const INSTRUCTORS = [
  { kind: 'lecturer', title: '教授' },
  { kind: 'narrator', title: '讲解员' },
  { kind: 'lecturer', title: '副教授' },
] as const;

const isTier = (tier: string): tier is BaseTier => ['central', 'regional', 'case'].includes(tier);

/** The 1 + 9 + 20 bases with venues and instructors. Open every day from eight to nine in the evening, closed on the first days of the spring holiday. */
export function createNetwork(chance: Chance, newId: IdGenerator, today: CivilDate): DemoNetwork {
  const ids = new Map(rows.map((row) => [row.code, newId()]));
  const bases = rows.map((row): Base => {
    const { tier } = row;
    if (!isTier(tier)) throw new Error(`unknown tier ${tier}`);
    return {
      id: ids.get(row.code)!,
      code: row.code,
      name: row.name,
      tier,
      parentId: row.parent === null ? null : (ids.get(row.parent) ?? null),
      status: row.code === 'X17' ? 'rectification' : row.code === 'P06' ? 're-review' : 'listed',
      designations: [
        {
          authority: tier === 'central' ? '联盟秘书处' : `${row.city}市委组织部`,
          level: tier === 'central' ? 'provincial' : 'municipal',
          title: '干部教育现场教学基地（演示）',
          from: addDays(today, -900),
          to: null,
        },
      ],
      location: {
        province: row.province,
        city: row.city,
        county: row.county,
        latitude: row.latitude,
        longitude: row.longitude,
        datum: 'WGS-84',
        accuracyKm: row.accuracyKm,
      },
      theme: row.theme,
      description: row.description,
      access: ACCESS[row.code] ?? `${row.city}市区乘车约 ${chance.between(3, 9) * 10} 分钟，有大巴车位。`,
      capacityPerHalfDay: row.capacityPerHalfDay,
      openingHours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 480, to: 1260 })),
      blackouts:
        row.code === 'P03' ? [{ from: addDays(today, 12), to: addDays(today, 13), reason: '村庙会' }] : [],
      revision: 0,
      demo: true,
    };
  });
  const venues = bases.flatMap((base) =>
    VENUES.map(({ kind, name, share }, index): Venue => ({
      id: newId(),
      baseId: base.id,
      code: `${base.code}-V${index + 1}`,
      name: KNOWN_VENUES[base.code]?.[index] ?? name,
      kind,
      capacity: Math.max(40, Math.round((base.capacityPerHalfDay * share) / 10) * 10),
      active: true,
      revision: 0,
      demo: true,
    })),
  );
  const instructors = bases.flatMap((base) =>
    INSTRUCTORS.map(({ kind, title }): Instructor => ({
      id: newId(),
      personId: null,
      baseId: base.id,
      name: personName(chance),
      title,
      kind,
      active: true,
      revision: 0,
      demo: true,
    })),
  );
  return { bases, venues, instructors };
}
